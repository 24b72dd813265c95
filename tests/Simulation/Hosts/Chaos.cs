namespace Orchestrator.Simulation.Tests.Hosts;

/// <summary>What happens to a host at one call of a port.</summary>
internal enum PointAct
{
    None = 0,
    Crash = 1,
    Suspend = 2,
}

/// <summary>How much goes wrong with the hosts of one simulation, and until when.</summary>
internal sealed class Chaos(Random random, double perPoint, double zombies, int budget, long until)
{
    private int _left = budget;

    /// <summary>Unix milliseconds; after that nothing happens any more.</summary>
    public long Until => until;

    public PointAct At(long now)
    {
        if (_left == 0 || now > until || random.NextDouble() >= perPoint)
        {
            return PointAct.None;
        }

        _left--;
        return random.NextDouble() < zombies ? PointAct.Suspend : PointAct.Crash;
    }

    public void End() => _left = 0;

    /// <summary>Takes one disturbance from the budget; false: there is none left.</summary>
    public bool TrySpend(long now)
    {
        if (_left == 0 || now > until)
        {
            return false;
        }

        _left--;
        return true;
    }
}
