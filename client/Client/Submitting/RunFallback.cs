using System.Text.Json.Nodes;

namespace Orchestrator.Client;

/// <summary>Models to try, in order, when the one asked for fails.</summary>
public sealed record RunFallback
{
    public FallbackMode? Mode { get; init; }

    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Inputs of fallback models whose schema differs, by model.</summary>
    public IReadOnlyDictionary<string, JsonNode>? Inputs { get; init; }
}
