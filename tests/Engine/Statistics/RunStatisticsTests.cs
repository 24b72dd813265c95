using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Engine.Tests.Statistics;

public sealed class RunStatisticsTests
{
    private const long Start = RunRecording.Start;
    private readonly RunStatistics _statistics = new(Start);

    [Fact]
    public void A_run_is_counted_as_it_goes_on()
    {
        var run = Begin(out var tally);
        run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b")).Commit();
        Fold(tally, run);
        run.Detach(DetachReasons.Idle).Reattach().Take(Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}""")).Commit();
        Fold(tally, run);
        Fold(tally, run.End());

        var total = Report().Total;
        Assert.Equal((1, 1, 0, 0L), (total.Submitted, total.Completed, total.Failed, total.Active));
        Assert.Equal((3, 7, 2, 1, 0), (total.Events, total.InputTokens, total.OutputTokens, total.Reattaches, total.Fallbacks));
        Assert.InRange(total.FirstEvent(0.5)!.Value, 0.020 / 1.125, 0.020 * 1.125);
        Assert.Null(total.Cost);
        Assert.False(total.IsCostComplete);
    }

    [Fact]
    public void Points_lie_where_it_happened()
    {
        var run = Begin(out var tally);
        run.After(25_000).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        Fold(tally, run);
        Fold(tally, run.After(30_000).End(RunStatus.Cancelled));

        // The points begin at whole steps: the first one five seconds before the run.
        var points = _statistics.Report(new("", Start, Start + 80_000, 20_000, StatGroup.None, Start + 80_000)).Series.Single().Points;
        Assert.Equal([1L, 0, 0, 0], points.Take(4).Select(static point => point.Submitted));
        Assert.Equal([0L, 1, 0, 0], points.Take(4).Select(static point => point.Events));
        Assert.Equal([0L, 0, 0, 1], points.Take(4).Select(static point => point.Cancelled));
        Assert.Equal([1L, 1, 1, 0], points.Take(4).Select(static point => point.Active!.Value));
    }

    [Fact]
    public void Series_are_by_what_is_asked_for_and_of_the_tenant_alone()
    {
        Begin(out _, "openai/a", "t");
        Begin(out _, "openai/b", "t");
        Begin(out _, "openai/b", "t");
        Begin(out _, "openai/c", "other");

        Assert.Equal("openai/b openai/a", Keys("t", StatGroup.Model));
        Assert.Equal("t", Keys("t", StatGroup.Tenant));
        Assert.Equal("0", Keys("t", StatGroup.Leg));
        Assert.Equal("(all)", Keys("t", StatGroup.None));
        Assert.Empty(Keys("third", StatGroup.None));
        Assert.Equal(3, Report("t").Total.Submitted);
    }

    [Fact]
    public void The_step_is_the_shortest_that_goes_back_so_far()
    {
        long Step(long back, long step) => _statistics.Report(new("", Start - back, Start, step, StatGroup.None, Start)).Step;

        Assert.Equal(10_000, Step(3_600_000, 1000));
        Assert.Equal(30_000, Step(3_600_000, 25_000));
        Assert.Equal(60_000, Step(10 * 3_600_000, 1000));
        Assert.Equal(3_600_000, Step(10 * 86_400_000L, 1000));
        Assert.Equal(7_200_000, Step(3_600_000, 7_000_000));
    }

    [Fact]
    public async Task What_was_before_the_start_is_counted_from_the_directory()
    {
        var journal = new MemoryJournal();
        await AddAsync(journal, 1, RunStatus.Completed, startedBefore: 5_000, endedBefore: 2_000);
        await AddAsync(journal, 2, RunStatus.Failed, startedBefore: 4_000, endedBefore: 1_000);
        await AddAsync(journal, 3, RunStatus.Running, startedBefore: 3_000, endedBefore: null);
        await AddAsync(journal, 4, RunStatus.Completed, startedBefore: 40L * 86_400_000, endedBefore: 40L * 86_400_000);

        // One that was taken up has ended since the start: it is counted as it goes on, and not here.
        await AddAsync(journal, 5, RunStatus.Completed, startedBefore: 3_000, endedBefore: -500);
        await _statistics.RecountAsync(journal, new HashSet<long> { 7 }, CancellationToken.None);

        // So is the one that has not ended.
        Begin(out _);

        var total = Report().Total;
        Assert.Equal((3, 1, 1, 1L), (total.Submitted, total.Completed, total.Failed, total.Active));
        Assert.Equal((20, 14, 4), (total.Events, total.InputTokens, total.OutputTokens));
        Assert.Equal((0.02m, 0.01m), (total.Cost!.Value, total.Wasted));
        Assert.True(total.IsCostComplete);
    }

    [Fact]
    public async Task Of_several_hosts_each_run_is_counted_by_one()
    {
        var journal = new MemoryJournal();
        await AddAsync(journal, 1, RunStatus.Completed, startedBefore: 5_000, endedBefore: 2_000, host: 1);
        await AddAsync(journal, 2, RunStatus.Completed, startedBefore: 5_000, endedBefore: 1_000, host: 2);
        await AddAsync(journal, 3, RunStatus.Completed, startedBefore: 5_000, endedBefore: -1_000, host: 2);
        await AddAsync(journal, 4, RunStatus.Completed, startedBefore: 5_000, endedBefore: -1_000, host: 7);
        await _statistics.RecountAsync(journal, new HashSet<long> { 2, 7 }, CancellationToken.None);
        Assert.Equal(1, Report().Total.Completed);

        // The second host dies: what it did is counted here, whenever that was; and only once.
        await AddAsync(journal, 5, RunStatus.Completed, startedBefore: 5_000, endedBefore: -2_000, host: 3);
        await _statistics.RecountAsync(journal, new HashSet<long> { 3, 7 }, CancellationToken.None);
        Assert.Equal(3, Report().Total.Completed);
        await _statistics.RecountAsync(journal, new HashSet<long> { 3, 7 }, CancellationToken.None);
        Assert.Equal(3, Report().Total.Completed);

        // So is what one did that came after the first count.
        await _statistics.RecountAsync(journal, new HashSet<long> { 7 }, CancellationToken.None);
        Assert.Equal((4, 4, 0L), (Report().Total.Submitted, Report().Total.Completed, Report().Total.Active));
    }

    [Fact]
    public void A_run_that_goes_to_another_host_is_counted_there()
    {
        var run = Begin(out var tally);
        _statistics.LetGo(tally, run.State, run.Now);
        Assert.Equal((0, 0L), (Report().Total.Submitted, Report().Total.Active));

        var ended = Begin(out tally);
        Fold(tally, ended.End());
        _statistics.LetGo(tally, ended.State, ended.Now);
        Assert.Equal((1, 1, 0L), (Report().Total.Submitted, Report().Total.Completed, Report().Total.Active));
    }

    [Fact]
    public void What_waits_is_told_over_time()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" });
        run.Queue(new TurnWait("requests", "2 requests in 60 s are taken.", null, 0));
        var tally = _statistics.Hosted(run.State);
        run.After(25_000).Dispatch().Commit();
        Fold(tally, run);

        var report = _statistics.Report(new("", Start, Start + 60_000, 20_000, StatGroup.None, Start + 60_000));
        Assert.Equal([1L, 0, 0], report.Series.Single().Points.Take(3).Select(static point => point.Queued!.Value));
        Assert.Equal([1L, 1, 1], report.Series.Single().Points.Take(3).Select(static point => point.Active!.Value));
        Assert.Equal(0, report.Total.Queued);

        // Of what has been: as it was then, and not as it is now.
        var earlier = _statistics.Report(new("", Start, Start + 10_000, 20_000, StatGroup.None, Start + 60_000));
        Assert.Equal((1, 1), (earlier.Total.Queued, earlier.Total.Active));
    }

    [Fact]
    public void Several_hosts_add_up()
    {
        var run = Begin(out var tally);
        Fold(tally, run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit());
        Begin(out _, "openai/b");
        var question = new StatQuestion("", Start, Start + 60_000, 20_000, StatGroup.Model, Start + 60_000);
        var one = _statistics.ReportOwn(question);

        var sum = StatReport.Sum([one, new RunStatistics(Start).ReportOwn(question), one]);

        Assert.Equal("openai/a openai/b", string.Join(' ', sum.Series.Select(static series => series.Key)));
        Assert.Equal((4, 2, 4L), (sum.Total.Submitted, sum.Total.Events, sum.Total.Active));
        Assert.Equal(one.Series[0].Points.Select(static point => 2 * point.Submitted), sum.Series[0].Points.Select(static point => point.Submitted));
        Assert.Equal(one.Total.FirstEvent(0.5), sum.Total.FirstEvent(0.5));
    }

    [Fact]
    public void Quantiles_are_right_to_an_eighth()
    {
        var counts = new Counts();
        for (var i = 1; i <= 1000; i++)
        {
            counts.Add(new RunProgress { FirstEventAfter = i });
        }

        Assert.InRange(counts.FirstEvent(0.5)!.Value, 0.5 / 1.125, 0.5 * 1.125);
        Assert.InRange(counts.FirstEvent(0.99)!.Value, 0.99 / 1.125, 0.99 * 1.125);
        Assert.Null(new Counts().FirstEvent(0.5));

        // What takes longer than is told apart is in the last class.
        counts.Add(new RunProgress { FirstEventAfter = long.MaxValue });
        counts.Add(new RunProgress { FirstEventAfter = -1 });
        Assert.InRange(counts.FirstEvent(1)!.Value, 3_000, 4_000);
        Assert.InRange(counts.FirstEvent(0.0001)!.Value, 0, 0.001);
    }

    /// <summary>Model names come from callers.</summary>
    [Fact]
    public void Tens_of_thousands_of_models_are_all_counted_and_few_of_them_told_apart()
    {
        var last = Begin(out var tally, "openai/known", "hostile");
        for (var i = 0; i < 20_000; i++)
        {
            last = Begin(out tally, $"openai/{i}", "hostile");
        }

        Fold(tally, last.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit());
        Fold(tally, last.End());
        var known = Begin(out tally, "openai/known", "hostile");
        Fold(tally, known.End());
        Begin(out _, "openai/mine", "other");

        var report = _statistics.Report(new("hostile", Start - 600_000, Start + 600_000, 60_000, StatGroup.Model, Start + 600_000));
        Assert.Equal((20_002, 2, 1, 20_000L), (report.Total.Submitted, report.Total.Completed, report.Total.Events, report.Total.Active!.Value));
        Assert.Equal(KeyTable.MaxKeysOfTenant + 1, report.Series.Count);
        Assert.Equal(("(other)", 20_001 - KeyTable.MaxKeysOfTenant, 1), (report.Series[0].Key, report.Series[0].Total.Submitted, report.Series[0].Total.Completed));
        Assert.Equal((2, 1), (report.Series[1].Total.Submitted, report.Series[1].Total.Completed));
        Assert.Equal("openai/mine", Keys("other", StatGroup.Model));
    }

    [Fact]
    public void All_tenants_together_have_a_bound_as_well()
    {
        for (var i = 0; i < KeyTable.MaxKeys + 10; i++)
        {
            Begin(out _, $"openai/{i}", FormattableString.Invariant($"t{i % 5}"));
        }

        Assert.Equal("(other)", _statistics.Report(new("t4", Start, Start + 60_000, 60_000, StatGroup.Model, Start + 60_000)).Series[0].Key);
        Assert.Equal("(other)", Last(Begin(out _, "openai/late", "late")));

        string Last(RunRecording run) => Keys(run.State.Tenant, StatGroup.Model);
    }

    /// <summary>Of a model that was asked for once, in every length of time that is kept.</summary>
    [Fact]
    public void A_key_with_little_in_it_is_small()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var key = new KeyStatistics();
        key.Count(Start, 1, static (counts, one) => counts.Submitted += one);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 6_000);
    }

    [Fact]
    public void What_is_long_gone_gives_its_place_to_what_is_now()
    {
        var ring = new BucketRing(10, 40);
        ring.At(0)!.Submitted = 1;
        ring.At(399)!.Submitted = 2;
        Assert.Equal((1, 2), (ring.Find(0)!.Submitted, ring.Find(39)!.Submitted));
        Assert.Null(ring.Find(1));
        Assert.Null(ring.Find(40));

        ring.At(400)!.Submitted = 3;
        Assert.Null(ring.Find(0));
        Assert.Null(ring.At(9));
        Assert.Equal((2, 3), (ring.Find(39)!.Submitted, ring.Find(40)!.Submitted));
    }

    [Fact]
    public void What_is_in_trouble_says_why_and_since_when()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch();
        Assert.Null(AttentionRules.Of(run.State, Start + 60_000));
        Assert.Equal(("queued-long", Start), AttentionRules.Of(run.State, Start + 60_001));
        run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        Assert.Null(AttentionRules.Of(run.State, run.Now + 15_000));
        Assert.Equal(("stalled", run.Now), AttentionRules.Of(run.State, run.Now + 15_001));
        run.After(5).Detach(DetachReasons.Idle);
        Assert.Equal(("recovering", run.Now), AttentionRules.Of(run.State, run.Now));
        run.Reattach().Fail(Errors.CircuitOpen("openai/a", null));
        Assert.Equal(("circuit-open", run.Now), AttentionRules.Of(run.State, run.Now));
        run.End(RunStatus.Failed);
        Assert.Null(AttentionRules.Of(run.State, run.Now + 1_000_000));
    }

    [Fact]
    public void What_waits_for_its_next_attempt_or_its_turn_says_since_when()
    {
        var waits = RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch().After(10).Fail(Errors.Broken(null));
        var failedAt = waits.Now;
        Assert.Null(AttentionRules.Of(waits.State, failedAt + 60_000));
        Assert.Equal(("queued-long", failedAt), AttentionRules.Of(waits.State, failedAt + 60_001));

        var queued = RunRecording.Of(new RunSpec { Model = "openai/a" }).Queue(new TurnWait("requests", "2 requests in 60 s are taken.", null, 0));
        Assert.Null(AttentionRules.Of(queued.State, Start + 60_000));
        Assert.Equal(("queued-long", Start), AttentionRules.Of(queued.State, Start + 60_001));
    }

    [Fact]
    public void Fall_backs_costs_and_first_events_are_counted_once_where_they_belong()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Mode = FallbackSpec.ClientMode, Models = ["openai/b"] } }).Commit();
        var tally = _statistics.Hosted(run.State);
        Fold(tally, run.After(8_000).Dispatch());
        Fold(tally, run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit());
        Fold(tally, run.Fail(Errors.Broken(null)));
        Fold(tally, run.Dispatch(1).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("b")).Commit());
        Fold(tally, run.End());
        Fold(tally, run);

        var total = Report().Total;
        Assert.Equal((1, 1, 1, 2), (total.Completed, total.Fallbacks, total.FirstEvents!.Count, total.Events));
        Assert.InRange(total.FirstEvent(0.5)!.Value, 8.02 / 1.125, 8.02 * 1.125);

        // By leg it is where it was answered; how many are under way can not be told there.
        var legs = _statistics.Report(new("", Start, Start + 60_000, 60_000, StatGroup.Leg, Start + 60_000)).Series;
        Assert.Equal([("0", 1L, 0L, null), ("1", 0L, 1L, null)], legs.Select(static leg => (leg.Key!, leg.Total.Submitted, leg.Total.Completed, leg.Total.Active)));
        Assert.Equal(0, Report().Total.Active);
    }

    [Fact]
    public void A_run_that_waits_waits_at_the_host_that_has_it()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" }).Queue(new TurnWait("requests", "2 requests in 60 s are taken.", null, 0));
        var tally = _statistics.Hosted(run.State);
        Assert.Equal(1, Report().Total.Queued);
        _statistics.LetGo(tally, run.State, run.Now);
        Begin(out _);
        Assert.Equal((0L, 1L), (Report().Total.Queued, Report().Total.Active));
    }

    /// <summary>Its last stretch may be cut off in the middle, and no stretch begins at the very end.</summary>
    [Fact]
    public void There_are_as_many_points_as_the_time_has_begun_steps()
    {
        const long first = Start / 20_000 * 20_000;
        var run = Begin(out var tally);
        Fold(tally, run.After(first + 55_000 - Start).Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit());
        IReadOnlyList<Counts> Points(long to) => _statistics.Report(new("", first, to, 20_000, StatGroup.None, first + 100_000)).Series.Single().Points;

        Assert.Equal([0L, 0, 1], Points(first + 60_000).Select(static point => point.Events));
        Assert.Equal([0L, 0, 1], Points(first + 56_000).Select(static point => point.Events));
        Assert.Equal(2, Points(first + 40_000).Count);
    }

    /// <summary>What came later is taken off what is under way now.</summary>
    [Fact]
    public void Of_what_has_been_is_told_what_was_under_way_then()
    {
        Begin(out _);
        _statistics.Hosted(RunRecording.Of(new RunSpec { Model = "openai/a" }).Dispatch().State);
        var question = new StatQuestion("", Start - 60_000, Start - 30_000, 20_000, StatGroup.None, Start + 60_000);
        Assert.Equal(0, _statistics.Report(question).Total.Active);
    }

    [Fact]
    public void The_step_is_the_shortest_up_to_the_last_moment_that_is_kept()
    {
        long Step(long back) => _statistics.Report(new("", Start - back, Start, 1000, StatGroup.None, Start)).Step;
        Assert.Equal((10_000, 60_000), (Step(719 * 10_000), Step((719 * 10_000) + 1)));
        Assert.Equal((60_000, 3_600_000), (Step(1499 * 60_000L), Step((1499 * 60_000L) + 1)));
    }

    [Fact]
    public void Counts_of_different_stretches_add_up()
    {
        var one = new Counts { Submitted = 1, Completed = 2, Failed = 3, Cancelled = 4, Events = 5, InputTokens = 6, OutputTokens = 7, Reattaches = 8, Fallbacks = 9, QueuedMore = 10 };
        one.Add(one);
        Assert.Equal(
            (2, 4, 6, 8, 10, 12, 14, 16, 18, 20),
            (one.Submitted, one.Completed, one.Failed, one.Cancelled, one.Events, one.InputTokens, one.OutputTokens, one.Reattaches, one.Fallbacks, one.QueuedMore));
    }

    private RunRecording Begin(out RunTally tally, string model = "openai/a", string tenant = "")
    {
        var run = RunRecording.Of(new RunSpec { Model = model }, tenant: tenant).Dispatch();
        tally = _statistics.Hosted(run.State);
        return run;
    }

    private void Fold(RunTally tally, RunRecording run) => _statistics.Folded(tally, run.State, run.Now);

    private StatReport Report(string tenant = "") =>
        _statistics.Report(new(tenant, Start - 600_000, Start + 600_000, 60_000, StatGroup.None, Start + 600_000));

    private string Keys(string tenant, StatGroup group) => string.Join(
        ' ', _statistics.Report(new(tenant, Start, Start + 60_000, 60_000, group, Start + 60_000)).Series.Select(static series => series.Key ?? "(all)"));

    private static async Task AddAsync(
        MemoryJournal journal, int number, RunStatus status, long startedBefore, long? endedBefore, long? host = null)
    {
        var createdAt = Start - startedBefore;
        var run = RunRecording.Of(new RunSpec { Model = "openai/a" });
        await journal.CreateAsync(
            new NewRun(new RunSummary
            {
                Id = RunId.Create(DateTimeOffset.FromUnixTimeMilliseconds(createdAt), new Random(number)),
                Tenant = "",
                Status = status,
                Model = "openai/a",
                Task = "t",
                CreatedAt = createdAt,
                EndedAt = Start - endedBefore,
                Host = host,
                Events = 10,
                InputTokens = 7,
                OutputTokens = 2,
                Cost = new RunCost { Amount = 0.01m, Wasted = 0.005m, AsOf = new DateOnly(2026, 1, 1) },
            }),
            run.Commit().Batches[0]);
    }
}
