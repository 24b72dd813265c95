using Orchestrator.Gateway;

namespace Orchestrator.Engine.Entries;

/// <summary>The upstream has answered and its events begin.</summary>
public sealed record AttemptAttached
{
    public required int Attempt { get; init; }

    public string? GatewayRunId { get; init; }

    public string? GatewayLogId { get; init; }

    public string? CacheStatus { get; init; }

    /// <summary>Server-side fallback: the index of the entry that serves.</summary>
    public int? Step { get; init; }

    /// <summary>Server-side fallback: the model that serves, <see cref="Step"/> being its leg. Null: the attempt's own.</summary>
    public string? Model { get; init; }

    public required WireFormat Wire { get; init; }

    public required bool Resumable { get; init; }
}
