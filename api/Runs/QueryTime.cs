using System.Globalization;

namespace Orchestrator.Api.Runs;

/// <summary>A time in a query or in a filter: RFC 3339 with its offset; or as Unix milliseconds.</summary>
internal static class QueryTime
{
    public const string Hint = "Give a time such as 2026-11-25T15:00:00Z.";

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    /// <param name="text">A plus sign that a query has turned into a space is understood.</param>
    /// <param name="time">Unix milliseconds; what is beyond them is cut off.</param>
    public static bool TryParse(string text, out long time)
    {
        var isOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-', ' ']) > "yyyy-MM-dd".Length;
        if (isOffset && DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            time = parsed.ToUnixTimeMilliseconds();
            return true;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out time) && time < 1L << 48;
    }
}
