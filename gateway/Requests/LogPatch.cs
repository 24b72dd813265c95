using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>Feedback for a log. What is null stays as it is.</summary>
public sealed record LogPatch
{
    public const int MaxScore = 100;

    /// <summary>-1, 0 or 1.</summary>
    public int? Feedback { get; init; }

    /// <summary>From 0 to <see cref="MaxScore"/>.</summary>
    public double? Score { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
}
