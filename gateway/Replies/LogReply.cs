using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Gateway;

/// <summary>A log of the gateway, or why there is none.</summary>
public sealed record LogReply
{
    /// <summary>JSON in UTF-8, as the gateway has it; empty with an error.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public GatewayError? Error { get; init; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;
}
