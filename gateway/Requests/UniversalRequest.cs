namespace Orchestrator.Gateway;

/// <summary>Entries that the gateway tries in order, until one answers. Source: the gateway's universal endpoint.</summary>
public sealed record UniversalRequest
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<UniversalEntry> Entries { get; init; }

    /// <summary>For all entries; an entry's own headers win over them, and they win over the gateway's settings.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <inheritdoc cref="RunRequest.SessionAffinity"/>
    public string? SessionAffinity { get; init; }
}
