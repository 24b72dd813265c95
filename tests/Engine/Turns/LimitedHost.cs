using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Scheduling;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Turns;

/// <summary>Runs under limits, with all of time in the test's hands. What it does not do now waits for the clock.</summary>
internal sealed class LimitedHost
{
    private readonly Scheduler _scheduler = new(new Random(1));
    private readonly Func<int, DispatchPlan> _plan;
    private MemoryJournal _journal;
    private Lane _lane;
    private EmbeddedRuns _runs;

    /// <param name="limits">Sets them.</param>
    /// <param name="plan">What becomes of a dispatch, counted from 0; a short answer where it is null.</param>
    public LimitedHost(Action<LimitOptions> limits, Func<int, DispatchPlan?>? plan = null)
    {
        Limits = limits;
        _plan = dispatch => plan?.Invoke(dispatch) ?? Answer;
        Gateway = new FakeGateway(Clock, _ => _plan(Gateway!.Calls.Count));
        Store.Committed = (run, batch) => Commits.Add((run, batch));
        (_journal, _lane, _runs) = Start();
    }

    public static DispatchPlan Answer { get; } = new()
    {
        Events = [.. ChatScript.Render(WireFormat.OpenAi, ["Hi"]).Select(static one => new TimedEvent(0, one))],
    };

    public Action<LimitOptions> Limits { get; }

    public ManualClock Clock { get; } = new();

    public MemoryStore Store { get; } = new();

    public FakeGateway Gateway { get; }

    public List<(RunId Run, EntryBatch Batch)> Commits { get; } = [];

    public RunId Submit(RunSpec? spec = null, string? key = null) => Do(async runs =>
    {
        var outcome = await runs.SubmitAsync(
            new Submission
            {
                Tenant = "",
                Spec = spec ?? new RunSpec { Model = "openai/a" },
                Inputs = new RunInputs("""{"messages":[]}"""u8.ToArray(), RunInputs.None),
                IdempotencyKey = key,
                RequestHash = "hash",
            },
            CancellationToken.None);
        return outcome is SubmitOutcome.Accepted accepted ? accepted.Run.Id : ((SubmitOutcome.Repeated)outcome).Run.Id;
    });

    public RunView View(RunId run) => Do(async runs => (await runs.GetAsync("", run, CancellationToken.None))!);

    public RunView Cancel(RunId run) => Do(async runs => (await runs.CancelAsync("", run, CancellationToken.None))!);

    public string Events(RunId run) => Do(async runs => await (await runs.OpenEventsAsync("", run, 0, CancellationToken.None)).ReadToEndAsync());

    /// <summary>Moves on, and everything runs that then can.</summary>
    public void Advance(long milliseconds)
    {
        // Step by step: what a timer sets off may set the next.
        for (var left = milliseconds; left > 0; left -= Math.Min(left, 100))
        {
            Clock.AdvanceMs(Math.Min(left, 100));
            _scheduler.RunReady();
        }
    }

    /// <summary>The process dies, and another starts on its journal.</summary>
    public void Crash()
    {
        _lane.Drop();
        _journal.Crash();
        (_journal, _lane, _runs) = Start();
        Do(async runs =>
        {
            await runs.StartAsync(CancellationToken.None);
            return true;
        });
    }

    private (MemoryJournal Journal, Lane Lane, EmbeddedRuns Runs) Start()
    {
        var lane = _scheduler.AddLane("host");
        var journal = new MemoryJournal(Store);
        var options = new EngineOptions();
        Limits(options.Limits);
        var runs = new EmbeddedRuns(
            journal, Gateway, new PlainSeal(), options, new LaneClock(Clock, lane), new Random(1), NullLogger<EmbeddedRuns>.Instance);
        return (journal, lane, runs);
    }

    private T Do<T>(Func<EmbeddedRuns, Task<T>> call)
    {
        var runs = _runs;
        var done = _lane.Run(() => call(runs));
        _scheduler.RunReady();
        return done.IsCompleted ? done.GetAwaiter().GetResult() : throw new InvalidOperationException("It waits for the clock.");
    }
}
