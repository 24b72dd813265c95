using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Simulation.Tests.Runs;

/// <summary>Draws what happens to the connections of one generation.</summary>
internal sealed class RandomFaults(SimulatedRun run, Random random, int shift)
{
    /// <summary>Faults in a row that a recoverable run's budget of re-attaches surely bears.</summary>
    private const int MostInARow = 4;

    /// <summary>More than the overlap of a re-attach, so that something new comes of it.</summary>
    private const int PastOverlap = 6;

    private readonly bool _wild = run.Kind == ScenarioKind.Wild;
    private readonly List<ResumePlan> _drawn = [];
    private int _inARow;

    public ConnectionPlan First(int events) => random.Next(3) == 0 ? ConnectionPlan.Undisturbed : Broken(random.Next(events + 1));

    public ResumePlan Resume(int index)
    {
        while (_drawn.Count <= index)
        {
            _drawn.Add(Draw());
        }

        return _drawn[index];
    }

    private ResumePlan Draw()
    {
        var calm = run.Kind == ScenarioKind.Calm || random.Next(2) == 0 || (!_wild && _inARow >= MostInARow);
        _inARow = calm ? 0 : _inARow + 1;
        var plan = new ResumePlan { Shift = shift, AnswerAfterMs = random.Next(4) == 0 ? random.Next(_wild ? 16_000 : 1_000) : 0 };
        if (calm)
        {
            return plan;
        }

        return random.Next(_wild ? 8 : 5) switch
        {
            0 => plan with { Refusal = FakeErrors.Provider() },
            1 => plan with { Refusal = FakeErrors.RateLimit(random.Next(2_000)) },
            2 => plan with { Refusal = FakeErrors.Connection },
            5 => plan with { Document = true },
            6 => plan with { Refusal = FakeErrors.Expired },
            _ => plan with { Connection = Broken(random.Next(_wild ? 0 : PastOverlap, 40)) },
        };
    }

    private ConnectionPlan Broken(int after) => random.Next(5) switch
    {
        0 => new ConnectionPlan { ClosesAfter = after, PacketEvents = 3 },

        // Silence before the first event is the leg's own failure, not one of its connection.
        1 => new ConnectionPlan { StallsAfter = _wild ? after : Math.Max(1, after) },
        _ => new ConnectionPlan { BreaksAfter = after, PacketEvents = random.Next(1, 10) },
    };
}
