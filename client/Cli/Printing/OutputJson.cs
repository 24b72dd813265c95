using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>An output as one line of JSON: <c>id</c>, <c>status</c>, <c>contentType</c>, and <c>text</c> or <c>base64</c>.</summary>
internal static class OutputJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Run run, OutputContent output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("id", run.Id);
            json.WriteString("status", RunFields.Status(run));
            json.WriteString("contentType", output.ContentType);
            if (output.IsText)
            {
                json.WriteString("text", output.Bytes.Span);
            }
            else
            {
                json.WriteBase64String("base64", output.Bytes.Span);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
