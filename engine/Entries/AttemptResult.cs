namespace Orchestrator.Engine.Entries;

/// <summary>A whole answer that was no stream.</summary>
public sealed record AttemptResult
{
    public required int Attempt { get; init; }

    public required string ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }
}
