using System.Runtime.CompilerServices;
using Orchestrator.Engine.Runs;
using Orchestrator.Simulation.Tests.Checks;
using Orchestrator.Simulation.Tests.Clients;
using Orchestrator.Simulation.Tests.Runs;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Simulation.Tests;

/// <summary>One seed: a world, everything that happens in it, and what must be true of it afterwards.</summary>
internal sealed class Simulation
{
    private const long LongestMs = 4 * 3_600_000;
    private const long MostSteps = 2_000_000;

    private readonly World _world;
    private readonly List<(string Name, Task Task)> _clients = [];
    private readonly List<StreamClient> _streams = [];
    private readonly List<Meddler> _meddlers = [];

    private Simulation(int seed, bool trace) => _world = new World(seed, trace);

    public static Outcome Run(int seed, bool trace = false)
    {
        var simulation = new Simulation(seed, trace);
        try
        {
            simulation.Run();
        }
        catch (Exception failure)
        {
            simulation._world.Fail(failure.ToString());
        }

        var waits = simulation._world.Ledger.Records.Count(static record => record.State.LastQueued is not null);
        return new Outcome(seed, simulation._world.Failures, simulation._world.Log, waits);
    }

    private Random Random => _world.Random;

    private Scenario Scenario => _world.Scenario;

    private void Run()
    {
        Start(_world.Cluster.StartAsync);
        foreach (var run in Scenario.Runs)
        {
            Start(() => LiveAsync(run));
        }

        for (var i = Scenario.OrderlyStops; i > 0; i--)
        {
            Later(Scenario.ChaosMs, _world.Cluster.StopInOrderAsync);
        }

        for (var i = Scenario.Outages; i > 0; i--)
        {
            var longest = Random.Next(4) == 0 ? 45_000 : 3_000;
            Later(Scenario.ChaosMs, () => _world.Cluster.OutageAsync((Outage)Random.Next(1, 3), Random.Next(longest)));
        }

        RunUntil(
            () => _clients.TrueForAll(static client => client.Task.IsCompleted) && HasEnded && _world.Cluster.IsSettled,
            "every run has ended, every client is content, and no host works on a run that it has lost");
        _world.Chaos.End();
        Start(() => new FinalChecks(_world, _streams, _meddlers).RunAsync());
        RunUntil(() => _clients.TrueForAll(static client => client.Task.IsCompleted), "the checks are done");
        foreach (var client in _clients.Where(static client => client.Task.IsFaulted))
        {
            _world.Fail(client.Task.Exception!.GetBaseException().ToString());
        }
    }

    private bool HasEnded => _world.Ledger.Records.All(static record => record.State.End is not null);

    private async Task LiveAsync(SimulatedRun run)
    {
        if (await new SubmitClient(_world, run).RunAsync() is not { } id)
        {
            return;
        }

        var record = _world.Ledger[id];
        for (var i = Random.Next(4); i > 0; i--)
        {
            Start(() => new ReaderClient(_world, record, Random.Next()).RunAsync());
        }

        for (var i = Random.Next(3); i > 0; i--)
        {
            var stream = new StreamClient(_world, record, Random.Next());
            _streams.Add(stream);
            Start(stream.RunAsync);
        }

        var meddler = new Meddler(_world, record, Random.Next());
        _meddlers.Add(meddler);
        Start(meddler.LookAsync);
        if (Random.Next(4) == 0)
        {
            Start(meddler.ResubmitAsync);
        }
        else if (Random.Next(6) == 0)
        {
            Start(meddler.DeleteAsync);
        }

        if (Scenario.Kind == ScenarioKind.Wild && Random.Next(6) == 0)
        {
            Start(meddler.CancelAsync);
        }
    }

    private void Start(Func<Task> work, [CallerArgumentExpression(nameof(work))] string name = "") => _clients.Add((name, _world.Outside.Run(work)));

    private void Later(int withinMs, Func<Task> work) => Start(async () =>
    {
        await _world.Delay(Random.Next(withinMs));
        await work();
    });

    private void RunUntil(Func<bool> done, string what)
    {
        while (true)
        {
            _world.Scheduler.RunReady();
            if (done())
            {
                return;
            }

            if (!_world.Clock.AdvanceToNext())
            {
                throw new TimeoutException($"Nothing is left to do before {what}.\n{Unfinished()}");
            }

            if (_world.Clock.GetUtcNow() - TestKit.Time.ManualClock.DefaultStart > TimeSpan.FromMilliseconds(LongestMs) || _world.Scheduler.Steps > MostSteps)
            {
                throw new TimeoutException($"After {_world.Clock.GetUtcNow()} and {_world.Scheduler.Steps} steps it is not so that {what}.\n{Unfinished()}");
            }
        }
    }

    private string Unfinished() => string.Join(
        '\n',
        [
            string.Join(", ", _clients.Where(static client => !client.Task.IsCompleted).Select(static client => client.Name)),
            .. _world.Ledger.Records.Where(static record => record.State.End is null).Select(static record =>
                $"{record.Id}: {record.State.Status}, attempt {record.State.Current?.Number} {record.State.Current?.Phase}, entry {record.State.LastNumber}"),
            _world.Scheduler.Escaped is { } escaped ? $"code ran outside of the scheduler: {escaped}" : "",
        ]);
}
