using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Index;

/// <summary>
/// Tells a torn write from damage. The last block of a segment may be torn: it was never acknowledged and does not count. One that has
/// another behind it was acknowledged, and must be whole.
/// </summary>
/// <param name="segment">Whose blocks.</param>
/// <param name="from">Where the first one must begin.</param>
internal sealed class WholeBlocks(SegmentId segment, int from)
{
    private int _position = from;
    private int _next = from;
    private string? _fault;

    /// <summary>Whether the block counts. To be asked for each block of a segment in order.</summary>
    /// <exception cref="InvalidDataException">A block is damaged or missing in the middle.</exception>
    public bool Accept(in StoredBlock block)
    {
        if (_fault is not null)
        {
            throw new InvalidDataException($"Segment {segment}, the block at {_position} is damaged: {_fault}.");
        }

        if (block.Position != _next)
        {
            throw new InvalidDataException($"Segment {segment}: the block at {_next} is missing, the next one there is at {block.Position}.");
        }

        _position = block.Position;
        _next = block.Position + block.Data.Length;
        return Envelope.TryOpen(block.Data.Span, Envelope.Block, out _, out _fault);
    }
}
