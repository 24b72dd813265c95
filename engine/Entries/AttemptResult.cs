namespace Orchestrator.Engine.Entries;

/// <summary>A whole answer that was no stream.</summary>
public sealed record AttemptResult
{
    public required int Attempt { get; init; }

    public required string ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the upstream says that it is JSON: then it must be.</summary>
    public bool IsJson
    {
        get
        {
            var end = ContentType.IndexOf(';', StringComparison.Ordinal);
            var mediaType = (end < 0 ? ContentType.AsSpan() : ContentType.AsSpan(0, end)).Trim();
            return mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
        }
    }
}
