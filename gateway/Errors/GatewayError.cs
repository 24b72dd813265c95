namespace Orchestrator.Gateway;

/// <summary>A failure that was to be expected, classified. A value, never thrown.</summary>
public sealed record GatewayError
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What the other side said, free of the request's secrets. For people; its wording is no contract.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// The HTTP status, or the status that the error's own code or type stands for (inside a stream, or where a Workers AI code says more
    /// than the status does). Null where there was no answer.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The other side's own code as it wrote it, e.g. <c>7003</c>, <c>3040</c>, <c>context_length_exceeded</c>.</summary>
    public string? UpstreamCode { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Recoverable { get; init; }

    /// <summary>How long the other side asks to wait; never negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Configuration-like (model not on the run catalog, own key needed): do not retry this leg, take the next one.</summary>
    public bool NextLeg { get; init; }

    internal static GatewayError Refused(string message) => new() { Code = ErrorCodes.Config, Message = message };

    internal static GatewayError Refused(IReadOnlyList<ConfigProblem> problems) =>
        Refused(string.Join(' ', problems.Select(p => $"{p.Field}: {p.Message}")));
}
