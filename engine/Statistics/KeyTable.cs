using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Statistics;

/// <summary>Counts by tenant, model and leg. Not thread-safe.</summary>
internal sealed class KeyTable
{
    /// <summary>Model names come from callers: what is beyond this many keys is counted as one.</summary>
    internal const int MaxKeys = 2000;

    /// <summary>Of one tenant: the others' models are told apart still.</summary>
    internal const int MaxKeysOfTenant = 500;

    private const string Other = "(other)";

    private readonly Dictionary<StatKey, KeyStatistics> _keys = [];
    private readonly Dictionary<string, int> _keysOfTenants = new(StringComparer.Ordinal);

    /// <summary>Adds what a tenant's runs did to the series of their group.</summary>
    public void AddTo(Dictionary<string, SeriesBuilder> groups, StatQuestion question, int level, Func<SeriesBuilder> make)
    {
        foreach (var (key, statistics) in _keys)
        {
            if (key.Tenant != question.Tenant)
            {
                continue;
            }

            var name = NameOf(key, question.Group);
            if (!groups.TryGetValue(name, out var series))
            {
                groups.Add(name, series = make());
            }

            series.Add(statistics, level, question.Now);
        }
    }

    public void Submitted(string tenant, string model, long time)
    {
        var key = Of(tenant, model, 0);
        key.Active++;
        key.Count(time, 1, static (counts, runs) => counts.Submitted += runs);
    }

    /// <summary>As if it had never been submitted: another host counts it.</summary>
    public void Withdrawn(string tenant, string model, long time)
    {
        var key = Of(tenant, model, 0);
        key.Active--;
        key.Count(time, -1, static (counts, runs) => counts.Submitted += runs);
    }

    public void Progressed(string tenant, string model, int leg, in RunProgress progress, long time) =>
        Of(tenant, model, leg).Count(time, progress, static (counts, progress) => counts.Add(progress));

    /// <summary>A run that waits for its turn from now on, or no longer.</summary>
    public void Waits(string tenant, string model, bool waits, long time)
    {
        // Where it was submitted, like the active ones: the leg of a run that waits is none yet.
        var key = Of(tenant, model, 0);
        var change = waits ? 1 : -1;
        key.Queued += change;
        key.Count(time, change, static (counts, change) => counts.QueuedMore += change);
    }

    public void Ended(string tenant, string model, int leg, RunStatus status, RunCost? cost, long time)
    {
        // Where it was submitted: its active runs are the difference.
        Of(tenant, model, 0).Active--;
        Of(tenant, model, leg).Count(time, (status, cost), static (counts, end) =>
        {
            counts.Completed += end.status == RunStatus.Completed ? 1 : 0;
            counts.Failed += end.status == RunStatus.Failed ? 1 : 0;
            counts.Cancelled += end.status == RunStatus.Cancelled ? 1 : 0;
            counts.AddCost(end.cost?.Amount, end.cost?.Wasted ?? 0, end.cost?.AsOf, end.cost is { Complete: true });
        });
    }

    /// <summary>All of a run that has ended, where it ended.</summary>
    public void Whole(RunSummary run)
    {
        var leg = run.Leg ?? 0;
        var endedAt = run.EndedAt ?? run.CreatedAt;
        var progress = new RunProgress(run.Events ?? 0, run.InputTokens ?? 0, run.OutputTokens ?? 0, run.Reattaches ?? 0, run.Fallbacks ?? 0)
        {
            FirstEventAfter = run.FirstEventAt - run.CreatedAt,
        };
        Submitted(run.Tenant, run.Model, run.CreatedAt);
        Progressed(run.Tenant, run.Model, leg, progress, endedAt);
        Ended(run.Tenant, run.Model, leg, run.Status, run.Cost, endedAt);
    }

    private static string NameOf(in StatKey key, StatGroup group) => group switch
    {
        StatGroup.Model => key.Model,
        StatGroup.Leg => key.Leg.ToString(System.Globalization.CultureInfo.InvariantCulture),
        StatGroup.Tenant => key.Tenant,
        _ => "",
    };

    private KeyStatistics Of(string tenant, string model, int leg)
    {
        var key = new StatKey(tenant, model, leg);
        if (_keys.TryGetValue(key, out var statistics))
        {
            return statistics;
        }

        var isFull = _keys.Count >= MaxKeys || _keysOfTenants.GetValueOrDefault(tenant) >= MaxKeysOfTenant;
        return isFull ? Add(new StatKey(tenant, Other, 0)) : Add(key);
    }

    private KeyStatistics Add(in StatKey key)
    {
        if (!_keys.TryGetValue(key, out var statistics))
        {
            _keys.Add(key, statistics = new KeyStatistics());
            _keysOfTenants[key.Tenant] = _keysOfTenants.GetValueOrDefault(key.Tenant) + 1;
        }

        return statistics;
    }
}
