using System.Text;
using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Wires;

/// <summary>Pieces of JSON text.</summary>
internal static class Json
{
    /// <summary>A JSON string with its quotes, or null.</summary>
    public static string Quote(string? text) => text is null ? "null" : $"\"{Encoding.UTF8.GetString(JsonText.Escape(text))}\"";

    /// <summary>The whole text as a JSON string with its quotes.</summary>
    public static string Quote(Text text)
    {
        using ByteSlab quoted = new();
        quoted.WriteQuoted(text);
        return Encoding.UTF8.GetString(quoted.Span);
    }

    public static void Write(this ByteSlab to, string json) => to.Write(Encoding.UTF8.GetBytes(json));

    /// <summary>The whole text as a JSON string with its quotes.</summary>
    public static void WriteQuoted(this ByteSlab to, Text text)
    {
        to.Write((byte)'"');
        for (var piece = 0; piece < text.Pieces; piece++)
        {
            text.WriteEscaped(piece, to);
        }

        to.Write((byte)'"');
    }
}
