using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Orchestrator.Gateway;

/// <summary>The content of JSON strings, between its escaped bytes and text.</summary>
public static class JsonText
{
    private const int CharsAtOnce = 512;

    /// <summary>
    /// The text of an escaped content. Tolerant: an escaped lone surrogate is kept as the UTF-16 unit it is, an escape that is none is
    /// kept as written, bytes that are not UTF-8 become U+FFFD.
    /// </summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (escaped.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(escaped);
        }

        var text = new StringBuilder(escaped.Length);
        Unescape(escaped, text);
        return text.ToString();
    }

    /// <summary>As the other one, but appends: a surrogate pair whose halves come in two contents joins.</summary>
    public static void Unescape(ReadOnlySpan<byte> escaped, StringBuilder into)
    {
        ArgumentNullException.ThrowIfNull(into);
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            AppendUtf8(plain < 0 ? escaped : escaped[..plain], into);
            if (plain < 0)
            {
                return;
            }

            escaped = escaped[plain..];
            escaped = escaped[AppendEscape(escaped, into)..];
        }
    }

    internal static byte[] Escape(ReadOnlySpan<byte> text)
    {
        var escaped = new byte[checked(text.Length * JavaScriptEncoder.UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter)];
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, escaped, out _, out var written);
        return escaped[..written];
    }

    /// <returns>How many bytes it took: the backslash alone where no escape follows it.</returns>
    private static int AppendEscape(ReadOnlySpan<byte> escape, StringBuilder into)
    {
        var kind = escape.Length > 1 ? escape[1] : (byte)0;
        if (kind == (byte)'u'
            && escape.Length >= 6
            && ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            into.Append((char)unit);
            return 6;
        }

        var character = kind switch
        {
            (byte)'n' => '\n',
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'t' => '\t',
            (byte)'r' => '\r',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            _ => '\0',
        };
        into.Append(character == '\0' ? '\\' : character);
        return character == '\0' ? 1 : 2;
    }

    private static void AppendUtf8(ReadOnlySpan<byte> utf8, StringBuilder into)
    {
        Span<char> chars = stackalloc char[CharsAtOnce];
        while (!utf8.IsEmpty)
        {
            Utf8.ToUtf16(utf8, chars, out var read, out var written, replaceInvalidSequences: true, isFinalBlock: true);
            into.Append(chars[..written]);
            utf8 = utf8[read..];
        }
    }
}
