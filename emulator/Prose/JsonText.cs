using System.Globalization;
using System.Text;

namespace Orchestrator.Emulator.Prose;

/// <summary>The inside of a JSON string, escaped as providers do: only what must be, the rest stays UTF-8.</summary>
internal static class JsonText
{
    /// <param name="ascii">Escape everything that is not ASCII as well, characters outside the BMP as a surrogate pair.</param>
    public static byte[] Escape(string text, bool ascii = false)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => Code(c),
                > '~' when ascii => Code(c),
                _ => c.ToString(),
            });
        }

        return Encoding.UTF8.GetBytes(escaped.ToString());
    }

    private static string Code(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
