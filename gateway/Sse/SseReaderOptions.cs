namespace Orchestrator.Gateway;

/// <summary>Bounds of an <see cref="SseEventReader"/>.</summary>
public sealed record SseReaderOptions
{
    public static SseReaderOptions Default { get; } = new();

    /// <summary>The largest event taken, in bytes, terminator included. A larger one breaks the stream. Default 16 MiB.</summary>
    public int MaxEventBytes
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1 byte.");
    } = 16 * 1024 * 1024;
}
