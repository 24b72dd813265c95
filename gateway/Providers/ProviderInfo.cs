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

    /// <summary>
    /// What stands before <c>chat/completions</c> and the like on its gateway path, with a slash behind it or empty: what is left of its
    /// own API's root when its base URL is stripped. Null where it has no such API.
    /// </summary>
    public string? ApiRoot { get; init; }

    /// <summary>Whether the gateway's own <c>compat/chat/completions</c> reaches it.</summary>
    public bool OnCompat { get; init; }

    /// <summary>
    /// Whether a stream tells its usage when <c>stream_options.include_usage</c> asks for it; others refuse the field, or tell unasked.
    /// </summary>
    public bool TakesStreamOptions { get; init; }

    public bool OnRunCatalog => RunCatalog != RunCatalog.No;
}
