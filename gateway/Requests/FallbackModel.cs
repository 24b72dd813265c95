using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>A model that the gateway goes on with when the one before it fails.</summary>
public sealed record FallbackModel
{
    /// <inheritdoc cref="RunRequest.Model"/>
    public required string Model { get; init; }

    /// <summary>In this model's own shape, as <see cref="RunRequest.Inputs"/>.</summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>
    /// For this model alone. They win over the request's, of which it gets all but those that carry a key: one provider's key is not
    /// for another's eyes.
    /// </summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <inheritdoc cref="RunRequest.Endpoint"/>
    public string? Endpoint { get; init; }
}
