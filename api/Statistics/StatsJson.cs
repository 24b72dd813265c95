using System.Text.Json;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Api.Statistics;

/// <summary>Writes statistics.</summary>
internal static class StatsJson
{
    public static void Write(Utf8JsonWriter json, StatsAnswer answer)
    {
        var (query, (report, attention, hosts, silent)) = answer;
        json.WriteStartObject();
        WriteTime(json, "from", report.From);
        WriteTime(json, "to", query.To);
        json.WriteStartObject("hosts");
        json.WriteNumber("all", hosts);
        json.WriteNumber("silent", silent);
        json.WriteEndObject();
        json.WriteNumber("step", report.Step / 1000);
        json.WriteString("by", StatsQuery.Groups.First(group => group.Group == query.By).Name);
        json.WriteStartArray("series");
        foreach (var series in report.Series)
        {
            json.WriteStartObject();
            json.WriteString("key", series.Key);
            json.WriteStartArray("points");
            for (var i = 0; i < series.Points.Count; i++)
            {
                json.WriteStartObject();
                WriteTime(json, "at", report.From + (i * report.Step));
                Write(json, series.Points[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("totals");
            Write(json, series.Total);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("totals");
        Write(json, report.Total);
        json.WriteEndObject();
        json.WriteStartArray("attention");
        foreach (var run in attention)
        {
            json.WriteStartObject();
            RunPageJson.WriteFields(json, run.Run);
            json.WriteString("why", run.Why);
            WriteTime(json, "since", run.Since);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Counts counts)
    {
        json.WriteNumber("submitted", counts.Submitted);
        json.WriteNumber("completed", counts.Completed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("cancelled", counts.Cancelled);
        RunJson.WriteNumber(json, "active", counts.Active);
        RunJson.WriteNumber(json, "queued", counts.Queued);
        json.WriteNumber("events", counts.Events);
        json.WriteNumber("inputTokens", counts.InputTokens);
        json.WriteNumber("outputTokens", counts.OutputTokens);
        json.WriteNumber("reattaches", counts.Reattaches);
        json.WriteNumber("fallbacks", counts.Fallbacks);
        json.WritePropertyName("cost");
        RunJson.Write(json, CostOf(counts));
        WriteSeconds(json, "firstEventP50", counts.FirstEvent(0.5));
        WriteSeconds(json, "firstEventP99", counts.FirstEvent(0.99));
    }

    private static RunCost? CostOf(Counts counts) => counts is { Cost: { } amount, CostAsOf: { } date }
        ? new RunCost { Amount = amount, Wasted = counts.Wasted, AsOf = date, Complete = counts.IsCostComplete }
        : null;

    private static void WriteSeconds(Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long milliseconds) =>
        json.WriteString(name, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
}
