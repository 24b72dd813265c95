using System.Buffers;

namespace Orchestrator.Engine.Execution;

/// <summary>The replay must begin with the last few events, in a row.</summary>
internal sealed class OverlapMatch(IReadOnlyList<ReadOnlyMemory<byte>> expected) : IReplayMatch
{
    private int _matched;

    public int Length => expected.Count;

    public bool IsComplete => _matched == expected.Count;

    /// <summary>
    /// Whether a replay that begins a little too early or too late could look the same: the events repeat within themselves, as those of
    /// a text that says the same thing over and over do.
    /// </summary>
    public bool IsAmbiguous
    {
        get
        {
            for (var shift = 1; shift <= expected.Count / 2; shift++)
            {
                if (RepeatsAfter(shift))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public ValueTask<bool> TakeAsync(ReadOnlySequence<byte> raw) => new(Matches(raw, expected[_matched++].Span));

    private static bool Matches(ReadOnlySequence<byte> raw, ReadOnlySpan<byte> expected) =>
        raw.IsSingleSegment ? raw.FirstSpan.SequenceEqual(expected) : raw.Length == expected.Length && expected.SequenceEqual(raw.ToArray());

    private bool RepeatsAfter(int shift)
    {
        for (var i = shift; i < expected.Count; i++)
        {
            if (!expected[i].Span.SequenceEqual(expected[i - shift].Span))
            {
                return false;
            }
        }

        return true;
    }
}
