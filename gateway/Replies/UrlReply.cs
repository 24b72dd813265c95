using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Gateway;

/// <summary>The URL of a gateway or of a provider behind it, or why there is none.</summary>
public sealed record UrlReply
{
    public string? Url { get; init; }

    public GatewayError? Error { get; init; }

    [MemberNotNullWhen(true, nameof(Url))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;
}
