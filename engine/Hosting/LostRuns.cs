using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// Runs that another host has taken from this one of late. For a while this host does not take them back: two hosts that both reach the
/// journal and not each other would take a run to and fro, and each time would count as the death of a host. Thread-safe.
/// </summary>
internal sealed class LostRuns(TimeProvider clock)
{
    /// <summary>By then hosts that do not see each other have settled which of them is to go.</summary>
    public static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<RunId, long> _lostAt = [];

    public void Add(RunId run)
    {
        lock (_lock)
        {
            foreach (var (old, lostAt) in _lostAt)
            {
                if (clock.GetElapsedTime(lostAt) >= LeftAlone)
                {
                    _lostAt.Remove(old);
                }
            }

            _lostAt[run] = clock.GetTimestamp();
        }
    }

    /// <summary>Whether the run is to be left to whoever has it.</summary>
    public bool IsLeftAlone(RunId run)
    {
        lock (_lock)
        {
            return _lostAt.TryGetValue(run, out var lostAt) && clock.GetElapsedTime(lostAt) < LeftAlone;
        }
    }

    /// <summary>A host has died, and may be the one that has some of them: they are anybody's again.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _lostAt.Clear();
        }
    }
}
