namespace Orchestrator.Gateway;

/// <summary>A provider that the gateway knows.</summary>
public sealed record ProviderInfo
{
    /// <summary>Its canonical name in model slugs.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name on the gateway path.</summary>
    public required string GatewayId { get; init; }

    /// <summary>Other names that slugs may use for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What its own API speaks. <see cref="WireFormat.Unknown"/>: its requests are brought along as they are, and so are its answers.</summary>
    public WireFormat NativeWire { get; init; }

    /// <summary>What the run path answers for it; <see cref="WireFormat.Unknown"/> where it is not on the run path.</summary>
    public WireFormat RunWire { get; init; }

    public RunCatalog RunCatalog { get; init; } = RunCatalog.No;

    /// <summary>Whether the gateway path reaches it.</summary>
    public bool OnGatewayPath { get; init; } = true;

    /// <summary>Its own base URLs; none where an entry has to name the provider.</summary>
    public IReadOnlyList<ProviderEndpoint> Endpoints { get; init; } = [];

    /// <summary>The request headers that carry its key, in lower case, the usual one first.</summary>
    public IReadOnlyList<string> AuthHeaders { get; init; } = ["authorization"];

    public bool OnRunCatalog => RunCatalog != RunCatalog.No;
}
