using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Statistics;

/// <summary>
/// Counts of what runs did, by time, tenant, model and leg: added up as it happens, and after a start from the directory, so that asking
/// for them reads counts and no runs. Of a run that ended before the start everything is counted where it ended. Thread-safe.
/// </summary>
public sealed class RunStatistics
{
    /// <summary>Model names come from callers: what is beyond this many keys is counted as one.</summary>
    private const int MaxKeys = 2000;

    private const string Other = "(other)";

    private readonly Lock _lock = new();
    private readonly Dictionary<StatKey, KeyStatistics> _keys = [];
    private readonly long _startedAt;

    /// <param name="now">Unix milliseconds.</param>
    public RunStatistics(long now) => _startedAt = now;

    /// <summary>Counts what there was before the start. To be called once; runs may be worked on meanwhile.</summary>
    /// <exception cref="JournalUnavailableException">What was read until then is counted.</exception>
    public async Task RecountAsync(IRunJournal journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var (length, kept) = KeyStatistics.Levels[^1];
        var query = new RunQuery { Tenant = null, From = _startedAt - (length * kept), To = _startedAt, Limit = 1000 };
        for (RunPage? page = null; page is null || page.Next is not null;)
        {
            page = await journal.ListAsync(query with { Before = page?.Next }, cancellationToken);
            lock (_lock)
            {
                foreach (var run in page.Runs)
                {
                    Recount(run);
                }
            }

            // Between pages whoever waits for a thread may have it.
            await Task.Yield();
        }
    }

    /// <param name="tenant">Of whose runs.</param>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds.</param>
    /// <param name="step">Milliseconds; the shortest that there is for that time where it is shorter.</param>
    /// <param name="group">By what.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="queued">So many runs wait for their turn now.</param>
    public StatReport Report(string tenant, long from, long to, long step, StatGroup group, long now, long queued = 0)
    {
        var level = LevelFor(from, step, now);
        var length = KeyStatistics.Levels[level].Length;
        step = (step + length - 1) / length * length;
        var first = from / step * step;
        var count = (int)Math.Max(1, (to - first + step - 1) / step);
        lock (_lock)
        {
            var groups = new Dictionary<string, SeriesBuilder>(StringComparer.Ordinal);
            foreach (var (key, statistics) in _keys)
            {
                if (key.Tenant != tenant)
                {
                    continue;
                }

                var name = NameOf(key, group);
                if (!groups.TryGetValue(name, out var series))
                {
                    groups.Add(name, series = new SeriesBuilder(first, step, count));
                }

                series.Add(statistics, level, now);
            }

            var total = new Counts();
            var all = groups.Select(pair => pair.Value.Build(group == StatGroup.None ? null : pair.Key, group != StatGroup.Leg)).ToList();
            foreach (var series in all)
            {
                total.Add(series.Total);
                total.Active = (total.Active ?? 0) + series.Total.Active;
            }

            total.Active ??= group == StatGroup.Leg ? null : 0;
            total.Queued = to >= now ? queued : null;
            if (group == StatGroup.None && all is [var only])
            {
                only.Points[^1].Queued = only.Total.Queued = total.Queued;
            }

            return new StatReport(first, step, [.. all.OrderByDescending(static series => series.Total.Submitted).ThenBy(static series => series.Key, StringComparer.Ordinal)], total);
        }
    }

    /// <summary>A run that this host begins to work on.</summary>
    internal RunTally Hosted(RunState run, bool isNew)
    {
        var tally = new RunTally();
        if (isNew)
        {
            lock (_lock)
            {
                Submitted(run.Tenant, run.Spec.Model, run.CreatedAt);
            }
        }

        Folded(tally, run, run.Current?.LastEventAt ?? run.CreatedAt);
        return tally;
    }

    /// <summary>After every commit.</summary>
    /// <param name="tally">Of the run.</param>
    /// <param name="run">As it is now.</param>
    /// <param name="now">Unix milliseconds.</param>
    internal void Folded(RunTally tally, RunState run, long now)
    {
        var attempt = run.Current;
        var leg = attempt?.ServedLeg ?? attempt?.Leg ?? 0;
        var isFirst = !tally.HasFirstEvent && attempt?.FirstEventAt is not null;
        var ends = !tally.HasEnded && run.End is not null;
        var progress = tally.Advance(run) with { FirstEventAfter = isFirst ? attempt!.FirstEventAt!.Value - run.CreatedAt : null };
        lock (_lock)
        {
            Of(run.Tenant, run.Spec.Model, leg).Count(now, progress, static (counts, progress) => counts.Add(progress));
            if (ends)
            {
                Ended(run.Tenant, run.Spec.Model, leg, run.End!.Status, run.End.Cost, now);
            }
        }

        tally.HasFirstEvent |= isFirst;
        tally.HasEnded |= ends;
    }

    private static string NameOf(in StatKey key, StatGroup group) => group switch
    {
        StatGroup.Model => key.Model,
        StatGroup.Leg => key.Leg.ToString(System.Globalization.CultureInfo.InvariantCulture),
        StatGroup.Tenant => key.Tenant,
        _ => "",
    };

    /// <summary>The finest that goes back far enough and is not finer than what is asked for.</summary>
    private static int LevelFor(long from, long step, long now)
    {
        for (var level = 0; level < KeyStatistics.Levels.Count - 1; level++)
        {
            var (length, kept) = KeyStatistics.Levels[level];
            var isNext = KeyStatistics.Levels[level + 1].Length <= step;
            if (!isNext && from >= now - (length * (kept - 1)))
            {
                return level;
            }
        }

        return KeyStatistics.Levels.Count - 1;
    }

    private void Recount(RunSummary run)
    {
        Submitted(run.Tenant, run.Model, run.CreatedAt);
        if (!run.Status.IsEnded() || run.EndedAt >= _startedAt)
        {
            // It was taken up, and the rest is counted as it goes on.
            return;
        }

        var leg = run.Leg ?? 0;
        var endedAt = run.EndedAt ?? run.CreatedAt;
        var progress = new RunProgress(run.Events ?? 0, run.InputTokens ?? 0, run.OutputTokens ?? 0, run.Reattaches ?? 0, run.Fallbacks ?? 0)
        {
            FirstEventAfter = run.FirstEventAt - run.CreatedAt,
        };
        Of(run.Tenant, run.Model, leg).Count(endedAt, progress, static (counts, progress) => counts.Add(progress));
        Ended(run.Tenant, run.Model, leg, run.Status, run.Cost, endedAt);
    }

    private void Submitted(string tenant, string model, long time)
    {
        var key = Of(tenant, model, 0);
        key.Active++;
        key.Count(time, 1, static (counts, runs) => counts.Submitted += runs);
    }

    private void Ended(string tenant, string model, int leg, RunStatus status, RunCost? cost, long time)
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

    private KeyStatistics Of(string tenant, string model, int leg)
    {
        var key = new StatKey(tenant, model, leg);
        if (!_keys.TryGetValue(key, out var statistics))
        {
            if (_keys.Count >= MaxKeys)
            {
                key = new StatKey(tenant, Other, 0);
                if (_keys.TryGetValue(key, out statistics))
                {
                    return statistics;
                }
            }

            _keys.Add(key, statistics = new KeyStatistics());
        }

        return statistics;
    }
}
