using System.Globalization;

namespace Orchestrator.Api.Runs;

/// <summary>A time in a query or in a filter: RFC 3339 with its offset; or as Unix milliseconds.</summary>
internal static class QueryTime
{
    private const string Hint = "Give a time such as 2026-11-25T15:00:00Z.";
    private const string SecondsHint = "Give a time such as 2026-11-25T15:00:00Z, or Unix milliseconds: this is so few that they are seconds.";

    /// <summary>Of the year 2001 to 5138 as seconds, of 1970 to 1973 as milliseconds: nobody asks for those years.</summary>
    private static readonly (long From, long To) Seconds = (1_000_000_000, 100_000_000_000);

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <param name="text">A plus sign that a query has turned into a space is understood.</param>
    /// <param name="time">Unix milliseconds, from 1970 to the year 9999; what is beyond them is cut off, and before 1970 there was nothing.</param>
    public static bool TryParse(string text, out long time)
    {
        var isOffset = text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-', ' ']) > "yyyy-MM-dd".Length;
        if (isOffset && DateTimeOffset.TryParseExact(
            Readable(text), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            time = Math.Max(0, parsed.ToUnixTimeMilliseconds());
            return true;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out time)
            && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && !IsSeconds(time);
    }

    /// <summary>What mends a text that is no time.</summary>
    public static string HintFor(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IsSeconds(number) ? SecondsHint : Hint;

    private static bool IsSeconds(long number) => number >= Seconds.From && number < Seconds.To;

    /// <summary>In capitals, and without the digits of a fraction that are too small to be told here: other languages write nine of them.</summary>
    private static string Readable(string text)
    {
        text = text.Replace(' ', '+').ToUpperInvariant();
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var end = dot < 0 ? -1 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') + dot + 1;
        return end > dot + 8 ? text[..(dot + 8)] + text[end..] : text;
    }
}
