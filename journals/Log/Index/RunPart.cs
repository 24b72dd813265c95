namespace Orchestrator.Journals.Index;

/// <summary>Where one batch of a run lies in the log.</summary>
internal readonly record struct RunPart(LogSegment Segment, int Block, int Offset, int Length, long FirstNumber, int Count)
{
    public long LastNumber => FirstNumber + Count - 1;
}
