using System.Buffers;
using System.Globalization;

namespace Orchestrator.Gateway;

/// <summary>
/// Which models go on from an assistant's turn at the end of a conversation (a prefill), as if they had written it themselves. All others
/// would begin a new turn, or refuse: they are asked to go on by a user's turn. Pure.
/// </summary>
public static class AssistantPrefill
{
    private const string Claude = "claude";

    /// <summary>The first generation that refuses (<c>400</c>): prefills were taken out of Claude 4.6 and all after it.</summary>
    private static readonly (int Major, int Minor) FirstClaudeWithout = (4, 6);

    /// <summary>Whose models do, whichever they are: Groq documents it for any text model, https://console.groq.com/docs/prompting.</summary>
    private static readonly string[] Providers = ["groq"];

    private static readonly SearchValues<char> NoLetterOrDigit = SearchValues.Create("-._~:/@=");

    public static bool Takes(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelSlug.TryParse(model, out var slug) && (ClaudeVersion(slug.Model) is { } version
            ? version.CompareTo(FirstClaudeWithout) < 0
            : Providers.Contains(slug.Provider, StringComparer.Ordinal));
    }

    /// <summary>
    /// Of <c>claude-sonnet-4-5-20250929</c>, <c>anthropic.claude-3-5-haiku</c> and the like, whoever serves it; null where the name has none:
    /// an alias of the newest.
    /// </summary>
    private static (int Major, int Minor)? ClaudeVersion(string model)
    {
        var at = model.IndexOf(Claude, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var parts = Parts(model[(at + Claude.Length)..]);
        var major = parts.FindIndex(static part => Number(part) is not null);
        return major < 0 ? null : (Number(parts[major])!.Value, major + 1 < parts.Count ? Number(parts[major + 1]) ?? 0 : 0);
    }

    private static List<string> Parts(string name)
    {
        var parts = new List<string>();
        for (var rest = name.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOfAny(NoLetterOrDigit);
            parts.Add((end < 0 ? rest : rest[..end]).ToString());
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return parts;
    }

    /// <summary>A version's, of at most two digits: longer ones are dates.</summary>
    private static int? Number(string part) =>
        part.Length is 1 or 2 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
