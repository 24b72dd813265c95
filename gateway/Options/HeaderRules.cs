using System.Buffers;
using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>Which request headers a caller may add. Messages never quote a value: it may be a key.</summary>
public static class HeaderRules
{
    public const int MaxCount = 64;
    public const int MaxNameChars = 128;
    public const int MaxValueChars = 8 * 1024;

    /// <summary>Of all names and values together.</summary>
    public const int MaxTotalChars = 16 * 1024;

    // RFC 9110, 5.6.2: tchar.
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> ValueChars =
        SearchValues.Create(['\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    // Connection, framing and the host belong to each hop.
    private static readonly FrozenSet<string> Refused = new[]
    {
        "connection", "content-encoding", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that is wrong with them; empty when nothing is. Fields are the names.</summary>
    public static IReadOnlyList<ConfigProblem> Check(IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var problems = new List<ConfigProblem>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (headers.Count > MaxCount)
        {
            problems.Add(new("", $"At most {MaxCount} headers, these are {headers.Count}."));
        }

        if (headers.Sum(header => (long)header.Key.Length + (header.Value?.Length ?? 0)) > MaxTotalChars)
        {
            problems.Add(new("", $"At most {MaxTotalChars} characters of names and values together."));
        }

        foreach (var (name, value) in headers)
        {
            if (Problem(name, value, isFirst: seen.Add(name)) is { } problem)
            {
                problems.Add(new(ConfigProblem.Segment(name), problem));
            }
        }

        return problems;
    }

    /// <summary>Whether the header belongs to a connection, and is never forwarded.</summary>
    internal static bool IsHopByHop(string name) => Refused.Contains(name);

    /// <summary>A field value: visible ASCII, spaces and tabs inside.</summary>
    internal static bool IsValue(string value) =>
        value.Length == 0
        || (value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t') && !value.AsSpan().ContainsAnyExcept(ValueChars));

    private static string? Problem(string name, string? value, bool isFirst)
    {
        if (name.Length is 0 or > MaxNameChars || name.AsSpan().ContainsAnyExcept(TokenChars))
        {
            return $"A header's name is 1 to {MaxNameChars} letters, digits and !#$%&'*+-.^_`|~ (RFC 9110).";
        }

        if (Refused.Contains(name))
        {
            return "This header belongs to the connection and is never passed on: remove it.";
        }

        if (!isFirst)
        {
            return "The header is there twice, in different letters: keep one.";
        }

        return value is null || value.Length > MaxValueChars || !IsValue(value)
            ? $"A header's value is at most {MaxValueChars} printable ASCII characters, without line breaks and without spaces at its ends."
            : null;
    }
}
