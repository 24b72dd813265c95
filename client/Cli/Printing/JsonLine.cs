using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>A run as the service sent it, on one line.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Run run)
    {
        // Between two values a line end is only layout; within one there is none.
        var text = run.Json.GetRawText();
        return text.AsSpan().ContainsAny('\r', '\n') ? JsonSerializer.Serialize(run.Json, Readable) : text;
    }
}
