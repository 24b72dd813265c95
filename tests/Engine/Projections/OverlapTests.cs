using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Engine.Tests.Projections;

/// <summary>What an answer that goes on says again of its beginning is taken out, once, whatever pieces it comes in.</summary>
public sealed class OverlapTests
{
    private const string Partial = "The first sentence. The second sentence ends here, and the thi";

    [Theory]
    [InlineData(Partial, "rd one goes on.", "rd one goes on.")]
    [InlineData(Partial, "ends here, and the third one goes on.", "rd one goes on.")]
    [InlineData(Partial, "The second sentence ends here, and the third one.", "rd one.")]
    [InlineData(Partial, Partial + "rd one.", "rd one.")] // All of it again.
    [InlineData(Partial, "The second sentence was another one.", "The second sentence was another one.")]
    [InlineData(Partial, "The second sentence ends here", "The second sentence ends here")] // It stops before it comes to the end.
    [InlineData(Partial, "thi", "thi")] // By chance.
    [InlineData(Partial, " and the thin", "n")] // Twelve characters are not.
    [InlineData(Partial, "and the thin", "and the thin")] // Eleven are.
    [InlineData(Partial, "", "")]
    [InlineData("Grüße an die Straße 😀 und", "an die Straße 😀 und weiter", " weiter")]
    [InlineData("ab ab ab ab ab ab ab ab ", "ab ab ab ab ab end", "end")] // The longest: all of it.
    [InlineData("    \n            ", "            x", "            x")] // Lines have white space in common.
    [InlineData("short", "short", "short")]
    public void Of_a_users_turn(string partial, string text, string left) => Check(partial, Continuation.UserTurn, text, left);

    [Theory]
    [InlineData("One.\n\n", "\n\nTwo.", "Two.")]
    [InlineData("One.\n\n", "\nTwo.", "Two.")]
    [InlineData("One. ", " Two.", "Two.")]
    [InlineData("One. ", "Two.", "Two.")]
    [InlineData("One.\n    ", "\n    Two.", "Two.")]
    [InlineData("One.\n    ", "\n        Two.", "    Two.")]
    [InlineData("One.", " Two.", " Two.")]
    [InlineData("ha ha ha ha ha ha ha", " ha ha ha ha ha ha ha", " ha ha ha ha ha ha ha")] // It goes on: nothing is said twice.
    public void Of_a_prefill_only_the_white_space_that_was_not_sent(string partial, string text, string left) =>
        Check(partial, Continuation.Prefill, text, left);

    [Fact]
    public void Of_a_long_answer_its_end_counts()
    {
        var partial = string.Concat(Enumerable.Range(0, 2000).Select(static number => $"{number} "));
        Check(partial, Continuation.UserTurn, partial[^1500..] + "2000", "2000");
        Assert.Equal(Overlap.TailChars, Overlap.TailOf(partial, Continuation.UserTurn)!.Length);
    }

    /// <summary>Against the plainest way to say it, on texts that repeat themselves.</summary>
    [Fact]
    public void It_is_the_longest_end_that_the_new_text_begins_with()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var partial = Word(random, random.Next(0, 60));
            var text = (random.Next(2) == 0 ? partial[random.Next(0, partial.Length + 1)..] : "") + Word(random, random.Next(0, 40));
            var longest = Enumerable.Range(0, Math.Min(partial.Length, text.Length) + 1)
                .Last(length => length == 0 || (length >= 12 && partial.EndsWith(text[..length], StringComparison.Ordinal)));
            Check(partial, Continuation.UserTurn, text, text[longest..]);
        }
    }

    private static string Word(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "ab"[random.Next(8) == 0 ? 1 : 0]));

    private static void Check(string partial, Continuation continuation, string text, string left)
    {
        foreach (var piece in (int[])[1, 2, 7, 10_000])
        {
            var overlap = Overlap.Of(Started(continuation, Overlap.TailOf(partial, continuation)));
            var released = new StringBuilder();
            for (var at = 0; at < text.Length; at += piece)
            {
                var next = text.AsSpan(at, Math.Min(piece, text.Length - at));
                if (overlap.IsOpen)
                {
                    overlap = overlap.Take(next, released);
                    Assert.True(overlap.Length <= Overlap.TailChars);
                }
                else
                {
                    released.Append(next);
                }
            }

            overlap.Close(released);
            Assert.Equal(left, released.ToString());
        }
    }

    private static AttemptStarted Started(Continuation continuation, string? tail) => new()
    {
        Attempt = 2, Leg = 0, Model = "openai/a", Transport = "run", DispatchId = "d", Continuation = continuation, Tail = tail,
    };
}
