using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Cli;

/// <summary>What the service sent, on one line.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement json)
    {
        // Between two values a line end is only layout; within one there is none.
        var text = json.GetRawText();
        return text.AsSpan().ContainsAny('\r', '\n') ? JsonSerializer.Serialize(json, Readable) : text;
    }
}
