namespace Orchestrator.Engine.Entries;

/// <summary>The upstream's events go on.</summary>
public sealed record AttemptReattached
{
    public required int Attempt { get; init; }

    public required long Offset { get; init; }

    /// <summary>Milliseconds since the connection was lost.</summary>
    public required long GapMs { get; init; }
}
