namespace Orchestrator.Engine.Readers;

/// <summary>What a reader got.</summary>
public readonly record struct ReaderRead(ReaderReadKind Kind, ReadOnlyMemory<byte> Bytes);
