using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// Collects the runs that are to be taken up while a taking up is under way: a thousand runs of a host that died cost one pass over its
/// log, however they are asked for. Thread-safe.
/// </summary>
internal sealed class TakeUpQueue(RunHost host)
{
    private readonly Lock _lock = new();
    private Dictionary<RunId, (TaskCompletionSource<ActiveRun?> Taken, long? LivingOwner)> _waiting = [];
    private bool _working;

    /// <summary>Null: the run has ended, or there is none, or another host has taken it meanwhile.</summary>
    /// <param name="run">Whose.</param>
    /// <param name="livingOwner">The epoch of an owner whose host is alive: where it is the last one, its loss is no death of a host.</param>
    public Task<ActiveRun?> TakeUpAsync(RunId run, long? livingOwner = null)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(run, out var waiting))
            {
                waiting = (new TaskCompletionSource<ActiveRun?>(TaskCreationOptions.RunContinuationsAsynchronously), livingOwner);
                _waiting.Add(run, waiting);
            }

            if (!_working)
            {
                _working = true;
                _ = Task.Run(WorkAsync);
            }

            return waiting.Taken.Task;
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                // What is here already must not be taken from itself.
                var missing = batch.Keys.Where(run => host.Find(run) is null).ToList();
                var taken = (await host.TakeUpAsync(missing, CancellationToken.None, run => batch[run].LivingOwner)).ToDictionary(static run => run.Id);
                foreach (var (run, waiting) in batch)
                {
                    waiting.Taken.SetResult(taken.GetValueOrDefault(run) ?? host.Find(run));
                }
            }
            catch (Exception failure)
            {
                foreach (var waiting in batch.Values)
                {
                    waiting.Taken.TrySetException(failure);
                }
            }
        }
    }

    private Dictionary<RunId, (TaskCompletionSource<ActiveRun?> Taken, long? LivingOwner)> Next()
    {
        lock (_lock)
        {
            var batch = _waiting;
            _waiting = [];
            _working = batch.Count > 0;
            return batch;
        }
    }
}
