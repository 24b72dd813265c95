using System.Text.Json;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Api.Runs;

/// <summary>Writes a page of the list. Its runs are summaries: the run resource without output, attempt tree, warnings and spec.</summary>
internal static class RunPageJson
{
    public static void Write(Utf8JsonWriter json, RunPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var run in page.Runs)
        {
            Write(json, run);
        }

        json.WriteEndArray();
        json.WriteString("next", page.Next is { } next ? ListCursor.Of(next) : null);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteStartObject();
        WriteFields(json, run);
        json.WriteEndObject();
    }

    /// <summary>Without what is around them.</summary>
    public static void WriteFields(Utf8JsonWriter json, RunSummary run)
    {
        json.WriteString("id", run.Id.ToString());
        json.WriteString("status", run.Status.ToWire());
        json.WriteString("model", run.Model);
        json.WriteString("task", run.Task);
        json.WriteString("tenant", run.Tenant);
        json.WritePropertyName("metadata");
        json.WriteRawValue(run.MetadataJson);
        WriteTime(json, "createdAt", run.CreatedAt);
        WriteTime(json, "startedAt", run.StartedAt);
        WriteTime(json, "endedAt", run.EndedAt);
        json.WriteBoolean("incomplete", run.Incomplete);
        json.WriteString("incompleteReason", run.IncompleteReason);
        json.WriteString("finishReason", run.FinishReason);
        json.WritePropertyName("usage");
        RunJson.Write(json, Usage(run));
        WriteError(json, run);
        json.WritePropertyName("cost");
        RunJson.Write(json, run.Cost);
        RunJson.WriteNumber(json, "seq", run.Seq);
        RunJson.WriteNumber(json, "attempts", run.Attempts);
        RunJson.WriteNumber(json, "reattaches", run.Reattaches);
        RunJson.WriteNumber(json, "fallbacks", run.Fallbacks);
        RunJson.WriteNumber(json, "leg", run.Leg);
        json.WriteString("phase", Phase(run).ToWire());
        json.WriteString("traceId", run.TraceId);
    }

    /// <summary>A run that nobody here works on waits to be taken up.</summary>
    private static RunPhase Phase(RunSummary run) =>
        run.Phase ?? (run.Status.IsEnded() ? RunPhase.Ended : run.Status == RunStatus.Queued ? RunPhase.Queued : RunPhase.Waiting);

    private static TokenCounts? Usage(RunSummary run) => run is { InputTokens: null, OutputTokens: null, TotalTokens: null }
        ? null
        : new TokenCounts { InputTokens = run.InputTokens, OutputTokens = run.OutputTokens, TotalTokens = run.TotalTokens };

    private static void WriteError(Utf8JsonWriter json, RunSummary run)
    {
        if (run.ErrorCode is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", run.ErrorCode);
        json.WriteString("message", run.ErrorMessage);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long? milliseconds) =>
        RunJson.WriteTime(json, name, milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null);
}
