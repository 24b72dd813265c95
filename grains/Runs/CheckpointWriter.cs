using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orleans.Storage;

namespace Orchestrator.Grains.Runs;

/// <summary>
/// Writes a run's checkpoint after its transitions, one write at a time; transitions that come meanwhile share the next one. A storage that
/// can not be written costs the checkpoint its freshness and the run nothing.
/// </summary>
/// <param name="id">Which run.</param>
/// <param name="stored">The grain's state.</param>
/// <param name="here">This silo.</param>
/// <param name="turns">The grain's own scheduler: the state is touched nowhere else.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed class CheckpointWriter(RunId id, IPersistentState<RunCheckpoint> stored, SiloAddress here, TaskScheduler turns, ILogger log)
{
    private readonly Lock _lock = new();
    private ActiveRun? _due;
    private Task _writing = Task.CompletedTask;

    public RunCheckpoint Of(ActiveRun run)
    {
        lock (run.State)
        {
            return new RunCheckpoint
            {
                GatewayRunId = run.State.Serving?.GatewayRunId,
                EventOffset = run.State.Serving?.Events ?? 0,
                Status = (int)run.State.Status,
                Epoch = run.Epoch,
                LastNumber = run.State.LastNumber,
                Silo = run.HasFailed ? null : here.ToParsableString(),
            };
        }
    }

    /// <summary>Returns at once. Thread-safe.</summary>
    public void Request(ActiveRun run)
    {
        lock (_lock)
        {
            _due = run;
            if (_writing.IsCompleted)
            {
                _writing = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns).Unwrap();
            }
        }
    }

    /// <summary>Completes when what was requested is written.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _writing.WaitAsync(cancellationToken);
        }
    }

    public async Task ClearAsync()
    {
        await DrainAsync(CancellationToken.None);
        await stored.ClearStateAsync();
    }

    private async Task WriteAsync()
    {
        while (Next() is { } run)
        {
            try
            {
                await WriteAsync(run);
            }
            catch (Exception refused)
            {
                log.CheckpointRefused(id, refused.Message);
            }
        }
    }

    private async Task WriteAsync(ActiveRun run)
    {
        var mine = Of(run);
        while (stored.State.Epoch <= mine.Epoch)
        {
            stored.State = mine;
            try
            {
                await stored.WriteStateAsync();
                return;
            }
            catch (InconsistentStateException)
            {
                // Another activation has written. Which of the two has the run, its epoch says.
                await stored.ReadStateAsync();
            }
        }

        log.CheckpointLost(id, mine.Epoch, stored.State.Epoch);
        run.Lose();
    }

    private ActiveRun? Next()
    {
        lock (_lock)
        {
            var due = _due;
            _due = null;
            if (due is null)
            {
                // Whoever requests from here on starts another writer.
                _writing = Task.CompletedTask;
            }

            return due;
        }
    }
}
