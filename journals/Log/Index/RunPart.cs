namespace Orchestrator.Journals.Index;

/// <summary>Where one batch of a run lies in the log: a segment, the position of a block, and a piece of the block.</summary>
internal readonly record struct RunPart(LogSegment Segment, int Position, int Offset, int Length, long FirstNumber, int Count)
{
    public long LastNumber => FirstNumber + Count - 1;
}
