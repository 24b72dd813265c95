using System.Reflection;
using System.Text.Json;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Api.Host;

/// <summary>Writes the answer of <c>GET /v1/system</c>.</summary>
internal static class HostJson
{
    /// <summary>As much of a commit's name as people use.</summary>
    private const int HashChars = 8;

    private static readonly string Version = Shortened(
        typeof(HostJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    public static void Write(Utf8JsonWriter json, HostAnswer host)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("host", Environment.MachineName);
        RunJson.WriteTime(json, "startedAt", host.StartedAt);
        WriteHosts(json, host);
        WriteJournal(json, host);
        WriteLimits(json, host.Options?.Limits);
        WriteQueues(json, host.Reading);
        WriteCircuits(json, host);
        WriteGateway(json, host);
        json.WriteStartObject("memory");
        json.WriteNumber("residentBytes", host.ResidentBytes);
        json.WriteNumber("managedBytes", GC.GetTotalMemory(forceFullCollection: false));
        json.WriteEndObject();
        json.WriteStartObject("runs");
        json.WriteNumber("active", Active(host));
        json.WriteNumber("queued", host.Reading.Phases.GetValueOrDefault("queued"));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Shortened(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? version[..Math.Min(version.Length, plus + 1 + HashChars)] : version;

    private static void WriteHosts(Utf8JsonWriter json, HostAnswer host)
    {
        json.WriteStartArray("hosts");
        foreach (var one in host.Others ?? [new HostEntry(Environment.MachineName, "active", host.StartedAt, Version, Active(host), IsThis: true)])
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("status", one.Status);
            json.WriteBoolean("answers", one.IsThis);
            RunJson.WriteTime(json, "startedAt", one.StartedAt);
            json.WriteString("version", one.IsThis ? Version : one.Version is { } version ? Shortened(version) : null);
            WriteNumber(json, "activeRuns", one.IsThis ? Active(host) : one.ActiveRuns);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static long Active(HostAnswer host) => host.Reading.Phases.Values.Sum();

    private static void WriteJournal(Utf8JsonWriter json, HostAnswer host)
    {
        json.WriteStartObject("journal");
        json.WriteString("provider", host.Facts?.Journal ?? "unknown");
        json.WriteStartObject("commits");
        json.WriteNumber("rate", Math.Round(host.Reading.CommitsPerSecond, 2));
        WriteNumber(json, "p50", host.Reading.CommitP50);
        WriteNumber(json, "p99", host.Reading.CommitP99);
        json.WriteEndObject();
        json.WriteStartObject("events");
        json.WriteNumber("rate", Math.Round(host.Reading.EventsPerSecond, 2));
        json.WriteEndObject();
        json.WriteBoolean("healthy", host.Ready);
        json.WriteString("reason", host.Reason);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, LimitOptions? limits)
    {
        json.WriteStartArray("limits");
        foreach (var (task, requests) in limits?.RequestsPerMinute ?? [])
        {
            WriteLimit(json, $"@cf/… ({task})", requests, 60);
        }

        foreach (var model in limits?.Models ?? [])
        {
            WriteLimit(json, model.Model, model.Requests, model.WindowSeconds);
        }

        json.WriteEndArray();
    }

    private static void WriteLimit(Utf8JsonWriter json, string model, int requests, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteNumber("requests", requests);
        json.WriteNumber("windowSeconds", seconds);
        json.WriteEndObject();
    }

    /// <summary>Runs that have no connection, by what they wait for.</summary>
    private static void WriteQueues(Utf8JsonWriter json, HostReading reading)
    {
        json.WriteStartArray("queues");
        foreach (var (phase, runs) in reading.Phases.Where(static one => one.Key is "queued" or "waiting" or "recovering"))
        {
            json.WriteStartObject();
            json.WriteString("phase", phase);
            json.WriteNumber("runs", runs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCircuits(Utf8JsonWriter json, HostAnswer host)
    {
        json.WriteStartArray("circuits");
        foreach (var circuit in host.Reading.OpenCircuits)
        {
            var until = circuit.OpenedAt + (host.Options?.Resilience ?? new ResilienceOptions()).CircuitBreak;
            json.WriteStartObject();
            json.WriteString("model", circuit.Model);
            json.WriteString("state", until > host.Now ? "open" : "probing");
            RunJson.WriteTime(json, "until", until);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGateway(Utf8JsonWriter json, HostAnswer host)
    {
        var (answered, trouble) = (host.Reading.LastAnswer, host.Reading.LastTrouble);
        json.WriteStartObject("gateway");
        json.WriteString("kind", host.Facts?.Gateway ?? "unknown");
        json.WriteNull("url");
        if (answered is null && trouble is null)
        {
            json.WriteNull("healthy");
        }
        else
        {
            json.WriteBoolean("healthy", answered is not null && (trouble is null || trouble.At <= answered));
        }

        RunJson.WriteTime(json, "lastOk", answered);
        if (trouble is null)
        {
            json.WriteNull("lastError");
        }
        else
        {
            json.WriteStartObject("lastError");
            RunJson.WriteTime(json, "at", trouble.At);
            json.WriteString("model", trouble.Model);
            json.WriteString("code", trouble.Code);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
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
}
