namespace Orchestrator.Emulator.Wires;

/// <summary>One event that is written out.</summary>
internal sealed class FrameSegment(byte[] frame) : IEventSegment
{
    public int Count => 1;

    public void Write(int index, ByteSlab to) => to.Write(frame);
}
