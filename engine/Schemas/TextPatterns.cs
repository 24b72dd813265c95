using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Engine.Schemas;

/// <summary>Patterns as ECMAScript has them, not anchored.</summary>
internal static class TextPatterns
{
    /// <summary>Of the clock, also while a match waits for a processor.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Names of ECMAScript that .NET knows by their short form alone.</summary>
    private static readonly (string Long, string Short)[] Categories =
        [("{Letter}", "{L}"), ("{Lowercase_Letter}", "{Ll}"), ("{Uppercase_Letter}", "{Lu}"), ("{digit}", "{Nd}"), ("{Number}", "{N}"), ("{Punctuation}", "{P}")];

    /// <summary>One that can not be read asks for nothing (<see cref="CanRead"/>); one that takes too long is not matched.</summary>
    public static bool Matches(string pattern, string text)
    {
        try
        {
            return TryCreate(pattern) is not { } expression || expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public static bool CanRead(string pattern) => TryCreate(pattern) is not null;

    private static Regex? TryCreate(string pattern)
    {
        try
        {
            pattern = WithStrictEnd(pattern);

            // ECMAScript's own rules in .NET know no \p{…}: the ordinary ones are the nearest.
            return pattern.Contains(@"\p{", StringComparison.OrdinalIgnoreCase)
                ? new Regex(
                    Categories.Aggregate(pattern, static (all, one) => all.Replace(one.Long, one.Short, StringComparison.Ordinal)),
                    RegexOptions.CultureInvariant,
                    Patience)
                : new Regex(pattern, RegexOptions.ECMAScript, Patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>.NET's <c>$</c> also matches before a line end at the end; ECMAScript's does not.</summary>
    private static string WithStrictEnd(string pattern)
    {
        var strict = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                strict.Append(c).Append(pattern[++i]);
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            strict.Append(c == '$' && !inClass ? @"(?!\n)$" : c.ToString());
        }

        return strict.ToString();
    }
}
