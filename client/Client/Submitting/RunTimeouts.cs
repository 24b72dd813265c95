namespace Orchestrator.Client;

/// <summary>Deadlines, in milliseconds.</summary>
public sealed record RunTimeouts
{
    /// <summary>From the dispatch to the first event.</summary>
    public int? FirstEventMs { get; init; }

    /// <summary>Longest silence between two events; longer is a break.</summary>
    public int? IdleMs { get; init; }

    /// <summary>The whole run, whatever it does.</summary>
    public long? TotalMs { get; init; }
}
