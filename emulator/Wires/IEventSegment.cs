namespace Orchestrator.Emulator.Wires;

/// <summary>Some events in a row.</summary>
internal interface IEventSegment
{
    int Count { get; }

    /// <summary>Writes the index-th of them, with the blank line that ends it.</summary>
    void Write(int index, ByteSlab to);
}
