using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Projections;

/// <summary>The shapes that events and the run resource share, as <c>api.md</c> writes them.</summary>
public static class RunJson
{
    /// <summary>Answers are full of quotes, apostrophes and other scripts: only what JSON itself demands is escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter json, TokenCounts? usage)
    {
        if (usage is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteNumber(json, "inputTokens", usage.InputTokens);
        WriteNumber(json, "outputTokens", usage.OutputTokens);
        WriteNumber(json, "totalTokens", usage.TotalTokens);
        if (usage.CacheReadTokens is { } read)
        {
            json.WriteNumber("cacheReadTokens", read);
        }

        if (usage.CacheWriteTokens is { } written)
        {
            json.WriteNumber("cacheWriteTokens", written);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RunError? error)
    {
        if (error is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        WriteNumber(json, "status", error.Status);
        json.WriteBoolean("recoverable", error.Recoverable);
        if (error.UpstreamCode is not null)
        {
            json.WriteString("upstreamCode", error.UpstreamCode);
        }

        json.WriteEndObject();
    }

    /// <summary>Amounts in full: they are sums of very small ones.</summary>
    public static void Write(Utf8JsonWriter json, RunCost? cost)
    {
        if (cost is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("amount", cost.Amount);
        json.WriteString("currency", "USD");
        json.WriteString("asOf", cost.AsOf.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("wasted", cost.Wasted);
        json.WriteBoolean("complete", cost.Complete);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<AttemptReport> attempts)
    {
        json.WriteStartArray();
        foreach (var attempt in attempts)
        {
            Write(json, attempt);
        }

        json.WriteEndArray();
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            json.WriteString(name, time.UtcDateTime);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, AttemptReport attempt)
    {
        json.WriteStartObject();
        json.WriteNumber("attempt", attempt.Attempt);
        json.WriteNumber("leg", attempt.Leg);
        json.WriteString("model", attempt.Model);
        json.WriteString("transport", attempt.Transport);
        json.WriteBoolean("resumable", attempt.Resumable);
        json.WriteString("gatewayRunId", attempt.GatewayRunId);
        json.WriteString("gatewayLogId", attempt.GatewayLogId);
        WriteTime(json, "startedAt", attempt.StartedAt);
        WriteTime(json, "firstEventAt", attempt.FirstEventAt);
        WriteTime(json, "endedAt", attempt.EndedAt);
        json.WriteNumber("events", attempt.Events);
        json.WriteNumber("reattaches", attempt.Reattaches);
        if (attempt.Continuation != Continuation.None)
        {
            json.WriteString("continuation", attempt.Continuation == Continuation.Prefill ? "prefill" : "user-turn");
        }

        if (attempt.Part > 0)
        {
            json.WriteNumber("part", attempt.Part);
        }

        json.WritePropertyName("usage");
        Write(json, attempt.Usage);
        if (attempt.Cost is { } cost)
        {
            // Left out where it is unknown: so events were before there were prices.
            json.WritePropertyName("cost");
            Write(json, cost);
        }

        json.WritePropertyName("error");
        Write(json, attempt.Error);
        json.WriteEndObject();
    }
}
