namespace Orchestrator.TestKit.Upstream;

/// <summary>What happens to one connection. Counts are events handed out over it; null is never.</summary>
public sealed record ConnectionPlan
{
    public static readonly ConnectionPlan Undisturbed = new();

    /// <summary>The connection breaks, be it between two events or in the middle of the next: a part of an event is never handed out.</summary>
    public int? BreaksAfter { get; init; }

    /// <summary>It ends in order too early.</summary>
    public int? ClosesAfter { get; init; }

    /// <summary>It stays open, and nothing comes any more.</summary>
    public int? StallsAfter { get; init; }

    /// <summary>How many events that are ready come in one packet at most.</summary>
    public int PacketEvents { get; init; } = int.MaxValue;
}
