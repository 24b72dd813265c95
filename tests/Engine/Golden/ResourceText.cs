using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>All that the engine knows for the run resource of <c>api.md</c>, as indented JSON.</summary>
internal static class ResourceText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(RunView run)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", run.Id.ToString());
            json.WriteString("status", run.Status.ToWire());
            json.WriteNumber("seq", run.Seq);
            json.WriteNumber("eventOffset", run.EventOffset);
            RunJson.WriteTime(json, "createdAt", run.CreatedAt);
            RunJson.WriteTime(json, "startedAt", run.StartedAt);
            RunJson.WriteTime(json, "endedAt", run.EndedAt);
            json.WriteBoolean("incomplete", run.Incomplete);
            json.WriteString("incompleteReason", run.IncompleteReason);
            WriteOutput(json, run.Output);
            json.WriteString("finishReason", run.FinishReason);
            json.WritePropertyName("usage");
            RunJson.Write(json, run.Usage);
            json.WriteStartArray("warnings");
            foreach (var warning in run.Warnings)
            {
                json.WriteStringValue($"{warning.Code}: {warning.Message}");
            }

            json.WriteEndArray();
            json.WritePropertyName("attempts");
            RunJson.Write(json, run.Attempts);
            json.WritePropertyName("error");
            RunJson.Write(json, run.Error);
            json.WritePropertyName("spec");
            JsonSerializer.SerializeToElement(run.Spec, EntryJson.Default.RunSpec).WriteTo(json);
            json.WriteString("input", Encoding.UTF8.GetString(run.Inputs.Default.Span));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.WrittenSpan) + "\n";
    }

    private static void WriteOutput(Utf8JsonWriter json, Answer output)
    {
        json.WriteStartObject("output");
        json.WriteString("text", output.Text);
        json.WriteString("reasoning", output.Reasoning);
        json.WriteStartArray("toolCalls");
        foreach (var call in output.ToolCalls)
        {
            json.WriteStartObject();
            json.WriteNumber("index", call.Index);
            json.WriteString("id", call.Id);
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        for (var i = 0; i < output.Documents.Count; i++)
        {
            var document = output.Documents[i];
            json.WriteStartObject(i == 0 ? "document" : string.Create(CultureInfo.InvariantCulture, $"document {i + 1}"));
            json.WriteString("contentType", document.ContentType);
            json.WriteBase64String("body", document.Body.Span);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
