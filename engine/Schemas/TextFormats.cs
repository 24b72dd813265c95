using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Engine.Schemas;

/// <summary>
/// The formats that structured output is held to: <c>date-time</c>, <c>date</c>, <c>time</c> (RFC 3339), <c>duration</c> (ISO 8601),
/// <c>email</c>, <c>hostname</c>, <c>ipv4</c>, <c>ipv6</c>, <c>uuid</c>, <c>uri</c>. Any other is a note.
/// </summary>
internal static partial class TextFormats
{
    private const int MaxHostChars = 253;
    private const int UuidChars = 36;
    private const int MaxEmailChars = 320;

    /// <summary>None of them comes near it: it is the clock's time, and must not end a match that waits for a processor.</summary>
    private const int MatchTimeoutMs = 10_000;

    public static bool Fits(string format, string text) => format switch
    {
        "date" => IsDate(text),
        "time" => IsTime(text),
        "date-time" => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && IsTime(text[11..]),
        "duration" => Duration().IsMatch(text),
        "email" => text.Length <= MaxEmailChars && Email().IsMatch(text),
        "hostname" => text.Length <= MaxHostChars && Host().IsMatch(text),
        "ipv4" => Ipv4().IsMatch(text),
        "ipv6" => text.Contains(':', StringComparison.Ordinal)
            && !text.AsSpan().ContainsAny("%[]/")
            && IPAddress.TryParse(text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6,
        "uuid" => text.Length == UuidChars && Guid.TryParseExact(text, "D", out _),
        "uri" => Ascii.IsValid(text) && Uri.IsWellFormedUriString(text, UriKind.Absolute),
        _ => true,
    };

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>A leap second comes at midnight UTC alone.</summary>
    private static bool IsTime(string text)
    {
        if (Time().Match(text) is not { Success: true } match)
        {
            return false;
        }

        int Number(string group) => match.Groups[group].Length == 0 ? 0 : int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        if (Number("second") < 60)
        {
            return true;
        }

        var offset = (Number("offsetHour") * 60) + Number("offsetMinute");
        var minutes = (Number("hour") * 60) + Number("minute") - (match.Groups["sign"].ValueSpan is "-" ? -offset : offset);
        return ((minutes % 1440) + 1440) % 1440 == 1439;
    }

    [GeneratedRegex(
        @"\A(?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]|60)(\.[0-9]+)?([Zz]|(?<sign>[+-])(?<offsetHour>[01][0-9]|2[0-3]):(?<offsetMinute>[0-5][0-9]))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeoutMs)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"\AP(?!\z)([0-9]+W|([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)?(T(?!\z)([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeoutMs)]
    private static partial Regex Duration();

    [GeneratedRegex(
        @"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeoutMs)]
    private static partial Regex Email();

    [GeneratedRegex(
        @"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeoutMs)]
    private static partial Regex Host();

    [GeneratedRegex(
        @"\A((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.(?!\z)|\z)){4}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MatchTimeoutMs)]
    private static partial Regex Ipv4();
}
