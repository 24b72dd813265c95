using System.Text;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Projections;

/// <summary>
/// Takes out of an attempt's text what it says again of the partial answer that it goes on from: the longest end of the partial answer that
/// the new text begins with. While it may still turn out to be one, the new text is held back; there is never more of that than of the
/// partial answer's end. What counts follows from the text alone, however it is cut into pieces.
/// </summary>
/// <param name="Tail">The partial answer's end; null: there is nothing to compare with, or it is decided.</param>
/// <param name="Least">Fewer characters than these are the same by chance.</param>
/// <param name="Start">Where in the tail the new text may begin. Nothing before it can be.</param>
/// <param name="Length">What is held back: so much of the tail from there.</param>
internal readonly record struct Overlap(string? Tail, int Least, int Start, int Length)
{
    /// <summary>What an attempt is told of the partial answer's end, in characters.</summary>
    public const int TailChars = 2000;

    /// <summary>Said again by somebody who was asked to go on.</summary>
    private const int LeastSaidAgain = 12;

    public bool IsOpen => Tail is not null;

    private ReadOnlySpan<char> Held => Tail.AsSpan(Start, Length);

    /// <summary>A prefill was sent without the white space at its end, which the model then writes itself; nothing else can come twice.</summary>
    public static Overlap Of(AttemptStarted entry)
    {
        var least = entry.Continuation == Continuation.Prefill ? 1 : LeastSaidAgain;
        return entry.Tail is { } tail && tail.Length >= least ? new Overlap(tail, least, 0, 0) : default;
    }

    /// <summary>The part of a partial answer to compare with, for the journal; null: none.</summary>
    public static string? TailOf(string partial, Continuation continuation)
    {
        var tail = continuation switch
        {
            Continuation.Prefill => partial[partial.AsSpan().TrimEnd().Length..],
            Continuation.UserTurn => partial,
            _ => "",
        };
        return tail.Length == 0 ? null : tail[Math.Max(0, tail.Length - TailChars)..];
    }

    /// <param name="text">The attempt's next text.</param>
    /// <param name="released">Gets what is new of all that came so far and is not there yet.</param>
    public Overlap Take(ReadOnlySpan<char> text, StringBuilder released)
    {
        var overlap = this;
        for (var at = 0; overlap.Tail is not null && at < text.Length; at++)
        {
            overlap = overlap.Next(text[at], released);
            if (overlap.Tail is null)
            {
                text = text[(at + 1)..];
                released.Append(text);
                return default;
            }
        }

        return overlap;
    }

    /// <summary>No more text comes: what is held back is no overlap as a whole.</summary>
    public void Close(StringBuilder released)
    {
        if (Tail is not null)
        {
            ReleaseFrom(Start + 1, released);
        }
    }

    private Overlap Next(char next, StringBuilder released)
    {
        for (var start = Start; start < Tail!.Length; start++)
        {
            var there = Math.Min(Length, Tail.Length - start);
            if (!Tail.AsSpan(start, there).SequenceEqual(Held[..there]))
            {
                continue;
            }

            if (there < Length || start + there == Tail.Length)
            {
                // It reached the end before this character: the longest of all that did.
                Release(Counts(there) ? there : 0, released).Append(next);
                return default;
            }

            if (Tail[start + there] == next)
            {
                return (this with { Start = start, Length = Length + 1 }).Reached(released);
            }
        }

        released.Append(Held).Append(next);
        return default;
    }

    private Overlap Reached(StringBuilder released)
    {
        if (Start + Length < Tail!.Length)
        {
            return this;
        }

        Release(Counts(Length) ? Length : 0, released);
        return default;
    }

    private void ReleaseFrom(int start, StringBuilder released)
    {
        for (; start < Tail!.Length; start++)
        {
            var there = Tail.Length - start;
            if (there <= Length && Tail.AsSpan(start).SequenceEqual(Held[..there]))
            {
                Release(Counts(there) ? there : 0, released);
                return;
            }
        }

        released.Append(Held);
    }

    private StringBuilder Release(int overlap, StringBuilder released) => released.Append(Held[overlap..]);

    /// <summary>White space alone is what lines have in common, unless it is what is looked for.</summary>
    private bool Counts(int length) => length >= Least && (Least == 1 || !Held[..length].IsWhiteSpace());
}
