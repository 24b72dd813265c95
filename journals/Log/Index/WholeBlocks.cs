using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>
/// Tells a torn write from damage. The last block of a segment may be torn: it was never acknowledged and does not count. One that has
/// another behind it was acknowledged, and must be whole.
/// </summary>
internal sealed class WholeBlocks(SegmentId segment)
{
    private int? _next;
    private string? _fault;

    /// <summary>Whether the block counts. To be asked for each block of a segment in order.</summary>
    /// <exception cref="InvalidDataException">A block is damaged or missing in the middle.</exception>
    public bool Accept(in StoredBlock block)
    {
        if (_fault is not null)
        {
            throw new InvalidDataException($"Segment {segment}, block {block.Number - 1} is damaged: {_fault}.");
        }

        if (_next is { } next && block.Number != next)
        {
            throw new InvalidDataException($"Segment {segment}: block {next} is missing, the next one there is {block.Number}.");
        }

        _next = block.Number + 1;
        return Envelope.TryOpen(block.Data.Span, Envelope.Block, out _, out _fault);
    }
}
