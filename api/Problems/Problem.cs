using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Problems;

/// <summary>An answer of <c>application/problem+json</c> (RFC 9457).</summary>
internal sealed record Problem
{
    public required int Status { get; init; }

    /// <summary>One of <see cref="ProblemCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>For people: what happened, and what mends it.</summary>
    public required string Detail { get; init; }

    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>Seconds, for the <c>Retry-After</c> header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The failure behind it: the run's, or the gateway's.</summary>
    public RunError? Error { get; init; }

    /// <summary>Whether the run resource has a part of the output.</summary>
    public bool? PartialOutput { get; init; }

    /// <summary>What the log of the service has the failure under.</summary>
    public string? TraceId { get; init; }
}
