using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Hosting;

/// <summary>Makes unfinished runs this host's, and folds them to where their journals stop.</summary>
internal sealed class TakeUp(RunServices services, PreparedRuns prepared)
{
    private static readonly TimeSpan JournalRetry = TimeSpan.FromMilliseconds(500);

    /// <summary>Answers those that are this host's now. What ended or was taken meanwhile is not among them, nor what can not be read.</summary>
    public async Task<IReadOnlyList<(IRunWriter Writer, RunState State)>> RunAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken)
    {
        var opened = await Task.WhenAll(runs.Select(run => WhenAvailableAsync(
            run, () => services.Journal.OpenAsync(run, cancellationToken).AsTask(), cancellationToken)));
        var writers = opened.OfType<IRunWriter>().ToList();
        var states = await FoldAsync(writers, cancellationToken);
        var taken = new List<(IRunWriter, RunState)>(writers.Count);
        foreach (var writer in writers)
        {
            if (!states.TryGetValue(writer.Id, out var state))
            {
                continue;
            }

            if (state.LastNumber == writer.LastNumber)
            {
                taken.Add((writer, state));
            }
            else
            {
                // Between the two reads another host has taken it, and gone on with it, or ended it and seen it deleted.
                services.Log.OwnershipLost(writer.Id);
            }
        }

        return taken;
    }

    private async Task<Dictionary<RunId, RunState>> FoldAsync(List<IRunWriter> writers, CancellationToken cancellationToken)
    {
        if (writers.Count == 0)
        {
            return [];
        }

        try
        {
            var runs = writers.ConvertAll(static writer => writer.Id);
            return await WhenAvailableAsync(runs[0], () => prepared.FinishAsync(runs, cancellationToken), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return await FoldOneByOneAsync(writers, cancellationToken);
        }
    }

    /// <summary>One run that can not be read must not keep the service, and all the others, down.</summary>
    private async Task<Dictionary<RunId, RunState>> FoldOneByOneAsync(List<IRunWriter> writers, CancellationToken cancellationToken)
    {
        var states = new Dictionary<RunId, RunState>(writers.Count);
        foreach (var id in writers.Select(static writer => writer.Id))
        {
            try
            {
                states[id] = await WhenAvailableAsync(
                    id, () => JournaledState.ReadAsync(services.Journal, id, cancellationToken), cancellationToken);
            }
            catch (InvalidDataException unreadable)
            {
                services.Log.EngineFailed(id, unreadable);
            }
        }

        return states;
    }

    /// <summary>A start that gave up for a moment's outage would leave the runs it has opened as those of a dead host, again and again.</summary>
    private async Task<T> WhenAvailableAsync<T>(RunId run, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (JournalUnavailableException unavailable)
            {
                services.Log.JournalUnavailable(run, unavailable.Message);
            }

            await Task.Delay(JournalRetry, services.Clock, cancellationToken);
        }
    }
}
