using System.Globalization;
using Orchestrator.Simulation.Tests.Checks;
using Orchestrator.Simulation.Tests.Hosts;
using Orchestrator.Simulation.Tests.Runs;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Scheduling;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Simulation.Tests;

/// <summary>All that outlives a host: time, the journal's storage, the gateway, and those who watch.</summary>
internal sealed class World
{
    private readonly List<string> _trace = [];
    private readonly List<string> _failures = [];

    public World(int seed, bool trace)
    {
        Random = new Random(seed);
        IsTracing = trace;
        Scenario = Scenario.Draw(Random);
        Scheduler = new Scheduler(Random);
        Outside = Scheduler.AddLane("outside");
        Ledger = new Ledger(this);
        Store = new MemoryStore { Committed = Ledger.Committed };
        JournalOptions = Scenario.ToJournalOptions(Clock, Random);
        Gateway = new FakeGateway(Clock, dispatch => RandomPlans.Draw(Ledger.RunOf(dispatch.Spec), dispatch));
        Chaos = new Chaos(Random, Scenario.ChaosPerPoint, Scenario.Zombies, Scenario.ChaosBudget, Clock.NowMs + Scenario.ChaosMs);
        Cluster = new Cluster(this);
    }

    public Random Random { get; }

    public bool IsTracing { get; }

    public Scenario Scenario { get; }

    public ManualClock Clock { get; } = new();

    public Scheduler Scheduler { get; }

    /// <summary>Where clients live, and whoever else is no host.</summary>
    public Lane Outside { get; }

    public MemoryStore Store { get; }

    public MemoryJournalOptions JournalOptions { get; }

    public FakeGateway Gateway { get; }

    public Chaos Chaos { get; }

    public Cluster Cluster { get; }

    public Ledger Ledger { get; }

    public IReadOnlyList<string> Failures => _failures;

    public IReadOnlyList<string> Log => _trace;

    /// <summary>Something that goes on by itself, and must not fail.</summary>
    public void Start(Func<Task> work) => _ = Outside.Run(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            Fail(failure.ToString());
        }
    });

    public Task Delay(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)), Clock);

    public void Fail(string what)
    {
        _failures.Add(what);
        Trace("FAILURE " + what);
    }

    public void Check(bool holds, string what)
    {
        if (!holds)
        {
            Fail(what);
        }
    }

    public void Trace(string what)
    {
        if (IsTracing)
        {
            var time = (Clock.GetUtcNow() - ManualClock.DefaultStart).TotalMilliseconds;
            _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{time,9:0} {what}"));
        }
    }
}
