using System.Globalization;
using Orchestrator.Grains.Contract;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>Grain state that outlives every silo, with ETags; what is in it can be changed behind a grain's back. Thread-safe.</summary>
internal sealed class SharedGrainStorage : IGrainStorage
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (object State, int Version)> _rows = new(StringComparer.Ordinal);
    private Action? _written;

    /// <summary>How often a write met a newer row.</summary>
    public int Conflicts { get; private set; }

    public RunCheckpoint? Find(string run)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(run, out var row) ? (RunCheckpoint)Copy(row.State) : null;
        }
    }

    /// <summary>The run's row, as soon as it tells of the attempt that is attached.</summary>
    public Task<RunCheckpoint> AttachedAsync(string run)
    {
        var attached = new TaskCompletionSource<RunCheckpoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _written += Look;
            Look();
        }

        return attached.Task.WaitAsync(RunCluster.Patience, TestContext.Current.CancellationToken);

        void Look()
        {
            if (Find(run) is { GatewayRunId: not null } row)
            {
                _written -= Look;
                attached.TrySetResult(row);
            }
        }
    }

    /// <summary>As another activation would write it.</summary>
    public void Overwrite(string run, RunCheckpoint state)
    {
        lock (_lock)
        {
            _rows[run] = (Copy(state), _rows.GetValueOrDefault(run).Version + 1);
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            var found = _rows.TryGetValue(grainId.Key.ToString()!, out var row);
            grainState.State = found ? (T)Copy(row.State) : Activator.CreateInstance<T>();
            grainState.ETag = found ? Tag(row.Version) : null!;
            grainState.RecordExists = found;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            var key = grainId.Key.ToString()!;
            var found = _rows.TryGetValue(key, out var row);
            if ((found ? Tag(row.Version) : null) != grainState.ETag)
            {
                Conflicts++;
                throw new InconsistentStateException("The row is another's.");
            }

            _rows[key] = (Copy(grainState.State!), row.Version + 1);
            grainState.ETag = Tag(row.Version + 1);
            grainState.RecordExists = true;
            _written?.Invoke();
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            _rows.Remove(grainId.Key.ToString()!);
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null!;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    private static string Tag(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static object Copy(object state) => state switch
    {
        RunCheckpoint run => new RunCheckpoint
        {
            GatewayRunId = run.GatewayRunId,
            EventOffset = run.EventOffset,
            Status = run.Status,
            Epoch = run.Epoch,
            LastNumber = run.LastNumber,
            Silo = run.Silo,
        },
        BudgetState budget => new BudgetState { Day = budget.Day, Spent = budget.Spent, IsRefused = budget.IsRefused },
        _ => throw new InvalidOperationException($"{state.GetType().Name} is not known here."),
    };
}
