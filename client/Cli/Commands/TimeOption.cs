using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Cli;

/// <summary>A time: as RFC 3339 has it, a day, or so long ago (<c>15m</c>). What has no offset is UTC, as all times that are shown.</summary>
internal static partial class TimeOption
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    public static Option<string?> Create(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "TIME" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Read(text, DateTimeOffset.MaxValue) is null)
            {
                result.AddError($"{name} takes so long ago (30s, 15m, 2h, 7d) or a time such as 2026-11-25T15:00:00Z, not '{text}'");
            }
        });
        return option;
    }

    /// <summary>Null for none, and for what is no time.</summary>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        if (Ago().Match(text) is { Success: true } ago)
        {
            var number = int.Parse(ago.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            return now - (ago.Groups["unit"].ValueSpan[0] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            });
        }

        return DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,5})(?<unit>[smhd])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ago();
}
