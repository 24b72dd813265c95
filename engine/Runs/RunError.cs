namespace Orchestrator.Engine.Runs;

/// <summary>Why an attempt or a run failed; what readers are shown and the journal keeps.</summary>
public sealed record RunError
{
    public required string Code { get; init; }

    public required string Message { get; init; }

    /// <summary>The upstream's HTTP status, where there was one.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Recoverable { get; init; }

    /// <summary>The upstream's own code, such as <c>7003</c>.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>How long the upstream asked to wait, in milliseconds.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>The leg can not serve this run, however often it is tried.</summary>
    public bool NextLeg { get; init; }
}
