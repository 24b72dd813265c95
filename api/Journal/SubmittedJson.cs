using System.Buffers;
using System.Text.Json;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Api.Journal;

/// <summary>Writes the first entry of a run: what is sealed stays so.</summary>
internal static class SubmittedJson
{
    public const string Sealed = "[sealed]";

    public static ReadOnlyMemory<byte> Write(RunSubmitted submitted)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, RunJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("tenant", submitted.Tenant);
            json.WriteNumber("projection", submitted.Projection);
            if (submitted.Trace is { } trace)
            {
                json.WriteString("traceparent", trace.Parent);
            }

            if (submitted.Origin is { } origin)
            {
                json.WriteStartObject("origin");
                json.WriteString("run", origin.Run);
                json.WriteString("traceparent", origin.Trace?.Parent);
                json.WriteEndObject();
            }

            json.WritePropertyName("spec");
            SpecJson.Write(json, submitted.Spec, submitted.Inputs);
            json.WriteString("sealed", submitted.Sealed.IsEmpty ? null : Sealed);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
