using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>Writes the run resource of <c>api.md</c>.</summary>
internal static class RunResource
{
    public static void Write(Utf8JsonWriter json, RunView run)
    {
        json.WriteStartObject();
        json.WriteString("id", run.Id.ToString());
        json.WriteString("status", run.Status.ToWire());
        json.WriteNumber("seq", run.Seq);
        json.WriteNumber("eventOffset", run.EventOffset);
        json.WriteString("model", run.Spec.Model);
        json.WriteString("task", run.Spec.Task);
        json.WritePropertyName("metadata");
        WriteMetadata(json, run.Spec.Metadata);
        WriteWarnings(json, run.Warnings);
        RunJson.WriteTime(json, "createdAt", run.CreatedAt);
        RunJson.WriteTime(json, "startedAt", run.StartedAt);
        RunJson.WriteTime(json, "endedAt", run.EndedAt);
        WriteQueue(json, run.Queue);
        json.WriteBoolean("incomplete", run.Incomplete);
        json.WriteString("incompleteReason", run.IncompleteReason);
        WriteOutput(json, run.Output);
        json.WriteString("finishReason", run.FinishReason);
        json.WritePropertyName("usage");
        RunJson.Write(json, run.Usage);
        json.WriteString("traceId", run.TraceId);
        json.WritePropertyName("cost");
        RunJson.Write(json, run.Cost);
        json.WritePropertyName("attempts");
        RunJson.Write(json, run.Attempts);
        json.WritePropertyName("error");
        RunJson.Write(json, run.Error);
        json.WritePropertyName("spec");
        SpecJson.Write(json, run.Spec, run.Inputs);
        json.WriteEndObject();
    }

    public static void WriteMetadata(Utf8JsonWriter json, JsonElement? metadata)
    {
        if (metadata is { } given)
        {
            given.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }

    public static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ToolCall> calls)
    {
        json.WriteStartArray("toolCalls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteNumber("index", call.Index);
            json.WriteString("id", call.Id);
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDocument(Utf8JsonWriter json, AnswerDocument document)
    {
        json.WriteStartObject();
        json.WriteString("contentType", document.ContentType);
        json.WriteNumber("bytes", document.Body.Length);
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, IReadOnlyList<RunWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteQueue(Utf8JsonWriter json, RunQueue? queue)
    {
        if (queue is null)
        {
            return;
        }

        json.WriteStartObject("queue");
        json.WriteString("limit", queue.Limit);
        json.WriteString("message", queue.Message);
        json.WriteNumber("leg", queue.Leg);
        json.WriteString("model", queue.Model);
        RunJson.WriteTime(json, "since", queue.Since);
        RunJson.WriteTime(json, "expectedAt", queue.ExpectedAt);
        RunJson.WriteNumber(json, "ahead", queue.Ahead);
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, Answer output)
    {
        json.WriteStartObject("output");
        json.WriteString("text", output.Text);
        json.WriteString("reasoning", output.Reasoning);
        WriteToolCalls(json, output.ToolCalls);
        // The documents themselves are at /output: they need be neither text nor small.
        if (output.Documents.Count > 0)
        {
            json.WritePropertyName("document");
            WriteDocument(json, output.Documents[0]);
        }

        if (output.Documents.Count > 1)
        {
            json.WriteStartArray("documents");
            foreach (var document in output.Documents)
            {
                WriteDocument(json, document);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
