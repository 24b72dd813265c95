using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// Runs that this host is about to take up, folded while their owner still works on them: what came since is all that is left to fold when
/// they are taken up, and they are silent for less time. Kept for a minute. Thread-safe.
/// </summary>
internal sealed class PreparedRuns(RunServices services)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, RunState> _states = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _states.Count;
            }
        }
    }

    /// <exception cref="JournalUnavailableException">None is prepared.</exception>
    /// <exception cref="InvalidDataException">One of them can not be folded, and none is prepared.</exception>
    public async Task PrepareAsync(IReadOnlyCollection<RunId> runs, CancellationToken cancellationToken)
    {
        var states = runs.ToDictionary(static run => run, static _ => new RunState());
        await FoldAsync(states, cancellationToken);
        lock (_lock)
        {
            foreach (var (run, state) in states)
            {
                _states[run] = state;
            }
        }

        _ = ForgetLaterAsync(states);
    }

    /// <summary>The states of runs that are this host's now, as far as their journals go.</summary>
    /// <exception cref="JournalUnavailableException">What was prepared is lost, and read from the journal the next time.</exception>
    /// <exception cref="InvalidDataException">One of them can not be folded.</exception>
    public async Task<Dictionary<RunId, RunState>> FinishAsync(IEnumerable<RunId> runs, CancellationToken cancellationToken)
    {
        Dictionary<RunId, RunState> states;
        lock (_lock)
        {
            states = runs.ToDictionary(static run => run, run => _states.Remove(run, out var state) ? state : new RunState());
        }

        await FoldAsync(states, cancellationToken);
        return states;
    }

    private async Task FoldAsync(Dictionary<RunId, RunState> states, CancellationToken cancellationToken)
    {
        var pile = new BatchPile(states);
        var from = states.ToDictionary(static pair => pair.Key, static pair => pair.Value.LastNumber + 1);
        await foreach (var (run, batch) in services.Journal.ReadManyAsync(from, cancellationToken))
        {
            pile.Add(run, batch);
        }

        pile.Fold();
    }

    /// <summary>Their owner has kept them after all, or another host has them.</summary>
    private async Task ForgetLaterAsync(Dictionary<RunId, RunState> states)
    {
        await Task.Delay(Kept, services.Clock);
        lock (_lock)
        {
            foreach (var (run, state) in states)
            {
                if (_states.GetValueOrDefault(run) == state)
                {
                    _states.Remove(run);
                }
            }
        }
    }
}
