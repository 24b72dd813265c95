using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>One entry of a universal request: a request to a provider in the provider's own shape.</summary>
public sealed record UniversalEntry
{
    /// <summary>The gateway's name for the provider (<see cref="ProviderInfo.GatewayId"/>), <c>workers-ai</c> or <c>compat</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own path, query included, as it follows its base URL; without a slash before it.</summary>
    public required string Endpoint { get; init; }

    /// <summary>
    /// To the provider, and options of the gateway (<c>cf-aig-…</c>) for this entry alone. Hop-by-hop headers are never sent, those that
    /// carry a provider's key only with <see cref="Byok"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The body for the provider: JSON in UTF-8, sent as it is and not copied.</summary>
    public required ReadOnlyMemory<byte> Query { get; init; }

    /// <summary>The headers carry the caller's own key, and it is to be used.</summary>
    public bool Byok { get; init; }

    /// <summary>How the provider answers, as far as it is known beforehand.</summary>
    public WireFormat Wire { get; init; }
}
