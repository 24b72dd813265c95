using System.Text;

namespace Orchestrator.Emulator.Prose;

/// <summary>
/// The words that texts are made of: plain ones, and those that trip up parsers (several bytes a character, surrogate
/// pairs, characters that JSON escapes, text that looks like the framing around it).
/// </summary>
internal static class Vocabulary
{
    public const int Size = 128;

    private const string Plain =
        "the a of and to in that it with as for was on are by this from at which or an were been have their one all we "
        + "river stone light water night morning harbour window garden letter winter summer market engine signal journal "
        + "cursor packet copper silver timber engine lantern compass island forest valley bridge tower station paper "
        + "slowly again under over between before after while where never always often quiet bright narrow distant "
        + "carries follows gathers remembers returns opens answers measures writes reads keeps crosses turns waits begins";

    private static readonly string[] Odd =
    [
        "café", "naïve", "Grüße", "crème", "漢字", "東京", "日本語", "привет", "мир", "שלום", "سلام", "नमस्ते",
        "😀", "🚀", "👩‍🚀", "🇨🇭", "e\u0301tude", "\"quoted\"", "back\\slash", "tab\there", "line\nbreak", "two\n\nlines",
        "car\r\nriage", "<tag>&amp;", "[DONE]", "data:", "event:", "{\"a\":1}", "a\u2028b", "\u0001ctl", "—", "…",
    ];

    private static readonly string[] Words = Build();

    private static readonly byte[][] Raw = [.. Words.Select(Encoding.UTF8.GetBytes)];

    // Every other word is escaped down to ASCII, so that both ways of writing the same character occur.
    private static readonly byte[][] Escaped = [.. Words.Select(static (word, i) => JsonText.Escape(word, ascii: i % 2 == 1))];

    /// <summary>Mean length of a word with the space before it, in UTF-8 bytes: what <c>size</c> is divided by.</summary>
    public static double MeanBytes { get; } = Raw.Average(static word => word.Length) + 1;

    public static ReadOnlySpan<byte> RawWord(ulong choice) => Raw[choice % Size];

    public static ReadOnlySpan<byte> EscapedWord(ulong choice) => Escaped[choice % Size];

    private static string[] Build()
    {
        var plain = Plain.Split(' ');
        return [.. Enumerable.Range(0, Size - Odd.Length).Select(i => plain[i % plain.Length]), .. Odd];
    }
}
