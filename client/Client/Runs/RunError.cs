namespace Orchestrator.Client;

/// <summary>Why an attempt or a run failed.</summary>
public sealed record RunError
{
    /// <summary>Stable name: <c>rate-limit</c>, <c>provider-error</c>, <c>stream-truncated</c>, ….</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>The HTTP status the gateway answered with, where there was one.</summary>
    public int? Status { get; init; }

    /// <summary>The provider's or the gateway's own code, where there was one.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>Whether the same request might succeed later.</summary>
    public bool Recoverable { get; init; }
}
