using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// Takes secrets out of messages of others: providers like to quote the key they refuse. A value is replaced as a whole, as the words
/// of eight characters and more that it is made of (<c>Bearer sk-…</c> is quoted as <c>sk-…</c>), and as it looks inside JSON. A value of
/// less than four characters is replaced where it stands alone only: it would tear up every other word.
/// </summary>
public sealed class SecretScrubber
{
    private const string Redacted = "[redacted]";
    private const int MinInnerChars = 4;
    private const int MinWordChars = 8;
    private static readonly char[] WordBreaks = [' ', '\t', ',', ';'];

    private readonly string[] _needles;

    /// <param name="secrets">Values that no message may contain; null and blank ones are ignored.</param>
    public SecretScrubber(IEnumerable<string?> secrets) => _needles =
        [.. secrets.SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    /// <summary>Takes nothing out.</summary>
    public static SecretScrubber None { get; } = new([]);

    public string Scrub(string message)
    {
        foreach (var needle in _needles)
        {
            message = needle.Length < MinInnerChars
                ? ReplaceAlone(message, needle)
                : message.Replace(needle, Redacted, StringComparison.Ordinal);
        }

        return message;
    }

    /// <summary>
    /// Of a message that may have been cut off before it came here: the beginning of a value at its end goes, too, from eight characters
    /// on.
    /// </summary>
    public string ScrubCut(string message)
    {
        message = Scrub(message);
        foreach (var needle in _needles)
        {
            for (var length = Math.Min(needle.Length - 1, message.Length); length >= MinWordChars; length--)
            {
                if (message.AsSpan().EndsWith(needle.AsSpan(0, length)))
                {
                    return string.Concat(message.AsSpan(0, message.Length - length), Redacted);
                }
            }
        }

        return message;
    }

    private static IEnumerable<string> Forms(string? secret)
    {
        if (string.IsNullOrWhiteSpace(secret))
        {
            yield break;
        }

        yield return secret;
        yield return JsonEncodedText.Encode(secret).Value;
        foreach (var word in secret.Split(WordBreaks, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= MinWordChars))
        {
            yield return word;
            yield return JsonEncodedText.Encode(word).Value;
        }
    }

    private static string ReplaceAlone(string message, string needle)
    {
        StringBuilder? result = null;
        var from = 0;
        for (var at = message.IndexOf(needle, StringComparison.Ordinal);
            at >= 0;
            at = message.IndexOf(needle, at + needle.Length, StringComparison.Ordinal))
        {
            var end = at + needle.Length;
            var alone = (at == 0 || !char.IsLetterOrDigit(message[at - 1])) && (end == message.Length || !char.IsLetterOrDigit(message[end]));
            if (alone)
            {
                result = (result ?? new StringBuilder()).Append(message, from, at - from).Append(Redacted);
                from = end;
            }
        }

        return result is null ? message : result.Append(message, from, message.Length - from).ToString();
    }
}
