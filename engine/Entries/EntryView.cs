namespace Orchestrator.Engine.Entries;

/// <summary>One entry inside an <see cref="EntryBatch"/>, not copied.</summary>
public readonly struct EntryView(long number, EntryKind kind, long time, ReadOnlyMemory<byte> payload)
{
    public long Number { get; } = number;

    public EntryKind Kind { get; } = kind;

    /// <summary>Unix milliseconds, as the writer's clock had it.</summary>
    public long Time { get; } = time;

    public ReadOnlyMemory<byte> Payload { get; } = payload;
}
