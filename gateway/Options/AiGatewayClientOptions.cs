namespace Orchestrator.Gateway;

/// <summary>Bounds and sources of a client.</summary>
public sealed record AiGatewayClientOptions
{
    /// <summary>The largest answer taken that is not a stream, in bytes. Default 32 MiB.</summary>
    public int MaxDocumentBytes
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1 byte.");
    } = 32 * 1024 * 1024;

    public SseReaderOptions Sse { get; init; } = SseReaderOptions.Default;

    /// <summary>What dates in <c>Retry-After</c> are held against, and what the pace of a stream is taken by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
