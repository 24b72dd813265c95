using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Wires;

/// <summary>One event for each piece of a text.</summary>
/// <param name="text">The text.</param>
/// <param name="before">The event's bytes up to the inside of the text's JSON string.</param>
/// <param name="after">Its bytes from there, up to the padding if there is any.</param>
/// <param name="afterPadding">Its bytes after the padding.</param>
/// <param name="size">Bytes that the event is padded to; 0 = padded to a length that varies; null = not padded.</param>
internal sealed class PieceSegment(Text text, byte[] before, byte[] after, byte[] afterPadding, int? size) : IEventSegment
{
    private const int LongestVaryingPadding = 45;

    private static readonly byte[] Padding = "abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray();

    public int Count => text.Pieces;

    public void Write(int index, ByteSlab to)
    {
        var start = to.Length;
        to.Write(before);
        text.WriteEscaped(index, to);
        to.Write(after);
        if (size is int wanted)
        {
            var missing = wanted == 0
                ? 1 + (int)(Mix.At(0, index) % LongestVaryingPadding)
                : wanted - (to.Length - start) - afterPadding.Length;
            to.Fill(Padding, Math.Max(0, missing));
        }

        to.Write(afterPadding);
    }
}
