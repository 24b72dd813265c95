namespace Orchestrator.Client;

/// <summary>One page of a list of runs, newest first.</summary>
public sealed record RunPage
{
    public required IReadOnlyList<Run> Runs { get; init; }

    /// <summary>Cursor of the next page; null on the last one.</summary>
    public string? Next { get; init; }
}
