using Orchestrator.Engine.Journal;

namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>Sees to it that there is a host, and every now and then that there is none.</summary>
internal sealed class Cluster(World world)
{
    private const int StopLimitMs = 10_000;

    /// <summary>Within this a call of the journal that was under way is answered.</summary>
    private const int AnswerMs = 10_000;

    private readonly List<Host> _hosts = [];
    private int _expected;

    /// <summary>Who takes calls; null while nobody does.</summary>
    public Host? Current { get; private set; }

    /// <summary>Unix milliseconds: from then on hosts and journal were well.</summary>
    public long CalmSince { get; private set; }

    /// <summary>How often a host left runs behind without releasing them.</summary>
    public int Losses { get; private set; }

    /// <summary>Nobody is expected to start or to come back, and no host works on runs that others have.</summary>
    public bool IsSettled =>
        _expected == 0 && Current is not null && _hosts.TrueForAll(host => host == Current || host.IsDead || host.Runs.ActiveCount == 0);

    public bool EverLost => Losses > 0 || _hosts.Any(static host => host.IsGone);

    public async Task StartAsync()
    {
        var host = new Host(world, _hosts.Count + 1, world.Scenario.ToOptions()) { Left = OnLeft, DiedLate = OnDiedLate };
        _hosts.Add(host);
        world.Check(_hosts.Count < 200, "hosts die without end");
        world.Trace($"{host.Name} starts");
        try
        {
            await host.CallAsync(async runs =>
            {
                await runs.StartAsync(CancellationToken.None);
                return true;
            });
            Current = host;
            CalmSince = world.Clock.NowMs;
        }
        catch (HostGoneException)
        {
            // Whoever is told that it left starts the next one.
        }
        catch (JournalUnavailableException)
        {
            host.Crash("start without a journal");
        }
    }

    /// <summary>A host that takes calls, as soon as there is one.</summary>
    public async Task<Host> HostAsync()
    {
        while (Current is null)
        {
            await world.Delay(world.Random.Next(1, 500));
        }

        return Current;
    }

    public async Task StopInOrderAsync()
    {
        if (Current is not { } host || !world.Chaos.TrySpend(world.Clock.NowMs))
        {
            return;
        }

        world.Trace($"{host.Name} stops");
        var began = world.Clock.NowMs;
        var overlap = world.Random.Next(4) == 0;
        if (overlap)
        {
            Current = null;
            Losses++;
            world.Start(StartAsync);
        }

        try
        {
            await host.CallAsync(async runs =>
            {
                await runs.StopAsync();
                return true;
            });
        }
        catch (HostGoneException)
        {
            return;
        }

        var took = world.Clock.NowMs - began;
        world.Trace($"{host.Name} has stopped");

        // Who can not give up its runs leaves them as one that died.
        Losses += OutageSince(began) ? 1 : 0;
        world.Check(took <= StopLimitMs || OutageSince(began), $"{host.Name} took {took} ms to stop");
        world.Check(host.Runs.ActiveCount == 0, $"{host.Name} has stopped with active runs");
        host.Lane.Drop();
        if (overlap)
        {
            host.Left = null;
        }

        host.Leave(PointAct.None);
    }

    public async Task OutageAsync(TestKit.Journal.Outage outage, int milliseconds)
    {
        world.Trace($"the journal is out: {outage}");
        world.Store.Outage = outage;
        await world.Delay(milliseconds);
        world.Store.Outage = TestKit.Journal.Outage.None;
        CalmSince = _lastOutage = world.Clock.NowMs;
        world.Trace("the journal is back");
    }

    private long _lastOutage;

    private bool OutageSince(long time) => world.Store.Outage != TestKit.Journal.Outage.None || _lastOutage >= time;

    private void OnLeft(Host host, PointAct act)
    {
        if (host == Current)
        {
            Current = null;
        }

        Losses += act == PointAct.None ? 0 : 1;
        var down = act == PointAct.None ? world.Random.Next(500) : world.Random.Next(world.Scenario.LongestDowntimeMs);
        StartAfter(down);
        if (act == PointAct.Suspend)
        {
            After(world.Random.Next(60_000), () =>
            {
                host.Resume();
                After(AnswerMs, static () => { });
            });
        }
    }

    /// <summary>Whoever starts then takes everything over, also from a host that is well.</summary>
    private void OnDiedLate()
    {
        Losses++;
        StartAfter(world.Random.Next(2_000));
    }

    private void StartAfter(int milliseconds) => After(milliseconds, () =>
    {
        world.Start(StartAsync);
        After(AnswerMs, static () => { });
    });

    private void After(int milliseconds, Action act)
    {
        _expected++;
        world.Clock.After(TimeSpan.FromMilliseconds(milliseconds), () =>
        {
            _expected--;
            act();
        });
    }
}
