using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>All conditions must hold; null or empty ones do not count.</summary>
public sealed record RunQuery
{
    public required string Tenant { get; init; }

    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public string? Model { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>From 1.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>Only runs older than this one: the last id of the page before.</summary>
    public RunId? Before { get; init; }
}
