using System.Buffers;
using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Webhooks;

/// <summary>
/// The body of a delivery, in the structure of Standard Webhooks: type, time of the event, data. It follows from the ended run alone,
/// so that every try sends the same bytes.
/// </summary>
public static class WebhookBody
{
    /// <param name="run">It has ended.</param>
    public static ReadOnlyMemory<byte> Write(RunView run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var buffer = new ArrayBufferWriter<byte>(1024 + run.Output.Text.Length);
        using var json = new Utf8JsonWriter(buffer, RunJson.WriterOptions);
        json.WriteStartObject();
        json.WriteString("type", WebhookDelivery.EventOf(run.Status));
        RunJson.WriteTime(json, "timestamp", run.EndedAt);
        json.WriteStartObject("data");
        json.WriteString("id", run.Id.ToString());
        json.WriteString("status", run.Status.ToWire());
        json.WriteString("model", run.Spec.Model);
        json.WriteString("task", run.Spec.Task);
        json.WritePropertyName("metadata");
        WriteMetadata(json, run.Spec.Metadata);
        RunJson.WriteTime(json, "createdAt", run.CreatedAt);
        RunJson.WriteTime(json, "startedAt", run.StartedAt);
        RunJson.WriteTime(json, "endedAt", run.EndedAt);
        json.WriteBoolean("incomplete", run.Incomplete);
        json.WriteString("incompleteReason", run.IncompleteReason);
        json.WriteString("finishReason", run.FinishReason);
        json.WritePropertyName("usage");
        RunJson.Write(json, run.Usage);
        json.WritePropertyName("error");
        RunJson.Write(json, run.Error);
        json.WritePropertyName("output");
        WriteOutput(json, run.Output);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMetadata(Utf8JsonWriter json, JsonElement? metadata)
    {
        if (metadata is { ValueKind: JsonValueKind.Object } own)
        {
            own.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }

    private static void WriteOutput(Utf8JsonWriter json, Answer output)
    {
        json.WriteStartObject();
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
        json.WriteEndObject();
    }
}
