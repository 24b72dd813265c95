using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Statistics;

/// <summary>
/// Counts of what runs did, by time, tenant, model and leg, so that asking for them reads counts and no runs. Each run is counted by the
/// host that worked on it last: as it happens where that is this host; where that host is gone, from the directory, and then everything of
/// it where it ended. Hosts that serve together add up. Thread-safe.
/// </summary>
public sealed class RunStatistics
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _recount = new(1);
    private readonly KeyTable _own = new();
    private readonly KeyTable _past = new();
    private readonly long _startedAt;

    /// <summary>Hosts whose runs are in the past, all of them.</summary>
    private readonly HashSet<long> _counted = [];

    /// <summary>Hosts that worked when the past was first counted: none of their runs is in it.</summary>
    private IReadOnlySet<long>? _worked;

    /// <param name="now">Unix milliseconds.</param>
    public RunStatistics(long now) => _startedAt = now;

    /// <summary>
    /// Counts what hosts did that are gone. For the first time all that ended before the start; later what hosts did that have gone since.
    /// Runs may be worked on meanwhile.
    /// </summary>
    /// <param name="journal">Whose directory is read.</param>
    /// <param name="alive">The hosts that work now, this one among them.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <exception cref="JournalUnavailableException">What was read until then is counted.</exception>
    public async Task RecountAsync(IRunJournal journal, IReadOnlySet<long> alive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(alive);
        await _recount.WaitAsync(cancellationToken);
        try
        {
            var gone = new HashSet<long>();
            var (length, kept) = KeyStatistics.Levels[^1];
            var query = new RunQuery { Tenant = null, From = _startedAt - (length * kept), Limit = 1000 };
            for (RunPage? page = null; page is null || page.Next is not null;)
            {
                page = await journal.ListAsync(query with { Before = page?.Next }, cancellationToken);
                lock (_lock)
                {
                    foreach (var run in page.Runs.Where(run => IsPast(run, alive, gone)))
                    {
                        _past.Whole(run);
                    }
                }

                // Between pages whoever waits for a thread may have it.
                await Task.Yield();
            }

            _worked ??= alive;
            _counted.UnionWith(gone);
        }
        finally
        {
            _recount.Release();
        }
    }

    /// <summary>What this host knows: of its own runs, and of those whose hosts are gone.</summary>
    public StatReport Report(StatQuestion question) => Report(question, withPast: true);

    /// <summary>What this host did itself.</summary>
    internal StatReport ReportOwn(StatQuestion question) => Report(question, withPast: false);

    /// <summary>A run that this host begins to work on.</summary>
    internal RunTally Hosted(RunState run)
    {
        var tally = new RunTally();
        lock (_lock)
        {
            _own.Submitted(run.Tenant, run.Spec.Model, run.CreatedAt);
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
        var waits = RunPhases.Of(run, now) is RunPhase.Queued or RunPhase.Waiting;
        var progress = tally.Advance(run) with { FirstEventAfter = isFirst ? attempt!.FirstEventAt!.Value - run.CreatedAt : null };
        lock (_lock)
        {
            _own.Progressed(run.Tenant, run.Spec.Model, leg, progress, now);
            if (waits != tally.Waits)
            {
                _own.Waits(run.Tenant, run.Spec.Model, waits, now);
            }

            if (ends)
            {
                _own.Ended(run.Tenant, run.Spec.Model, leg, run.End!.Status, run.End.Cost, now);
            }
        }

        tally.HasFirstEvent |= isFirst;
        tally.HasEnded |= ends;
        tally.Waits = waits;
    }

    /// <summary>This host works on the run no longer.</summary>
    internal void LetGo(RunTally tally, RunState run, long now)
    {
        if (tally.HasEnded)
        {
            return;
        }

        lock (_lock)
        {
            _own.Withdrawn(run.Tenant, run.Spec.Model, run.CreatedAt);
            if (tally.Waits)
            {
                _own.Waits(run.Tenant, run.Spec.Model, waits: false, now);
            }
        }

        (tally.HasEnded, tally.Waits) = (true, false);
    }

    private StatReport Report(StatQuestion question, bool withPast)
    {
        ArgumentNullException.ThrowIfNull(question);
        var level = LevelFor(question.From, question.Step, question.Now);
        var length = KeyStatistics.Levels[level].Length;
        var step = (question.Step + length - 1) / length * length;
        var first = question.From / step * step;
        var count = (int)Math.Max(1, (question.To - first + step - 1) / step);
        lock (_lock)
        {
            var groups = new Dictionary<string, SeriesBuilder>(StringComparer.Ordinal);
            _own.AddTo(groups, question, level, () => new SeriesBuilder(first, step, count));
            if (withPast)
            {
                _past.AddTo(groups, question, level, () => new SeriesBuilder(first, step, count));
            }

            return StatReport.Of(first, step, groups.Select(
                pair => pair.Value.Build(question.Group == StatGroup.None ? null : pair.Key, question.Group != StatGroup.Leg)));
        }
    }

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

    /// <summary>Whether a run is to be counted now: its host is gone, and it is not counted yet.</summary>
    private bool IsPast(RunSummary run, IReadOnlySet<long> alive, HashSet<long> gone)
    {
        if (!run.Status.IsEnded() || (run.Host is { } worked && (alive.Contains(worked) || _counted.Contains(worked))))
        {
            return false;
        }

        var isBefore = run.EndedAt < _startedAt;
        if (_worked is null)
        {
            // Of a host before this one; one of an older version does not say which, and may work beside this one still.
            return isBefore || run.Host is not null;
        }

        if (run.Host is not { } host || (isBefore && !_worked.Contains(host)))
        {
            return false;
        }

        gone.Add(host);
        return true;
    }
}
