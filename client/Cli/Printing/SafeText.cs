using System.Buffers;

namespace Orchestrator.Cli;

/// <summary>
/// Makes text of others harmless for a terminal. A model can be made to write escape sequences, which could rename the window, hide
/// text, or answer for the user; and direction marks, which show other text than there is.
/// </summary>
internal static class SafeText
{
    private const string Directions = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private static readonly SearchValues<char> Suspects = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code).Where(c => c is not ('\n' or '\t')))
        + Directions);

    /// <summary>Line ends and tabs stay, other control characters become their visible pictures.</summary>
    public static string ForTerminal(string text) => text.AsSpan().ContainsAny(Suspects) ? Replace(text) : text;

    /// <summary>As <see cref="ForTerminal"/>, with line ends and tabs as spaces.</summary>
    public static string OneLine(string text) => ForTerminal(text).Replace('\n', ' ').Replace('\t', ' ');

    private static string Replace(string text)
    {
        var safe = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];

            // "\r\n" is a line end; its two halves may come in two pieces.
            if (c == '\r' && (i + 1 == text.Length || text[i + 1] == '\n'))
            {
                continue;
            }

            safe[length++] = c switch
            {
                '\n' or '\t' => c,
                < ' ' => (char)('\u2400' + c),
                '\u007F' => '\u2421',
                _ => Suspects.Contains(c) ? '\uFFFD' : c,
            };
        }

        return new string(safe, 0, length);
    }
}
