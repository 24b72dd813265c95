using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// Metadata as <c>cf-aig-metadata</c> carries it: JSON in ASCII. A whole number that a double does not hold exactly becomes a text, since
/// the other side reads JSON as JavaScript does.
/// </summary>
internal static class MetadataHeader
{
    private static readonly BigInteger MaxSafe = (BigInteger.One << 53) - 1;

    public static string Write(IReadOnlyDictionary<string, JsonElement> metadata)
    {
        var json = new StringBuilder("{");
        foreach (var (name, value) in metadata)
        {
            if (json.Length > 1)
            {
                json.Append(',');
            }

            Ascii(Encoding.UTF8.GetBytes(Quote(name)), json);
            json.Append(':');
            Write(value, json);
        }

        return json.Append('}').ToString();
    }

    private static void Write(JsonElement value, StringBuilder json)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            // Refused by the rules; a message about something else may come first.
            json.Append("null");
            return;
        }

        if (value.ValueKind == JsonValueKind.Number
            && BigInteger.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && BigInteger.Abs(whole) > MaxSafe)
        {
            json.Append('"').Append(value.GetRawText()).Append('"');
            return;
        }

        Ascii(JsonMarshal.GetRawUtf8Value(value), json);
    }

    /// <summary>JSON as it is written, but for what is not ASCII: that is escaped.</summary>
    private static void Ascii(ReadOnlySpan<byte> utf8, StringBuilder json)
    {
        foreach (var unit in Encoding.UTF8.GetString(utf8))
        {
            if (unit is >= ' ' and <= '~')
            {
                json.Append(unit);
            }
            else
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }
    }

    private static string Quote(string name) => $"\"{Encoding.UTF8.GetString(JsonText.Escape(Encoding.UTF8.GetBytes(name)))}\"";
}
