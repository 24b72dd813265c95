namespace Orchestrator.Engine.Runs;

/// <summary>All in milliseconds.</summary>
public sealed record TimeoutSpec
{
    /// <summary>From the dispatch of an attempt to its first event.</summary>
    public int FirstEventMs { get; init; } = 60_000;

    /// <summary>The longest silence between two events; longer is a broken connection.</summary>
    public int IdleMs { get; init; } = 30_000;

    /// <summary>From submission to the end of the run, whatever happens.</summary>
    public long TotalMs { get; init; } = 3_600_000;
}
