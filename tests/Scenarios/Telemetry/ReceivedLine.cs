namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>A log record.</summary>
internal sealed record ReceivedLine(string Text, string TraceId)
{
    public static ReceivedLine Read(ReadOnlyMemory<byte> record)
    {
        var fields = ProtoField.Read(record).ToList();
        return new ReceivedLine(
            string.Concat(ProtoField.Read(fields.Find(static field => field.Number == 5).Bytes).Select(static field => field.Text)),
            fields.Find(static field => field.Number == 9).Hex);
    }
}
