namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>What a span says of a span of another trace.</summary>
internal sealed record ReceivedLink(string TraceId, string SpanId, IReadOnlyDictionary<string, string> Attributes)
{
    public static ReceivedLink Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoField.Read(message).ToList();
        return new ReceivedLink(
            fields.Find(static field => field.Number == 1).Hex,
            fields.Find(static field => field.Number == 2).Hex,
            ReceivedAttributes.Read(fields.Where(static field => field.Number == 4)));
    }
}
