namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>A span as a collector gets it; times in nanoseconds since 1970.</summary>
internal sealed record ReceivedSpan
{
    public string TraceId { get; private init; } = "";

    public string SpanId { get; private init; } = "";

    /// <summary>Empty for a root.</summary>
    public string ParentId { get; private init; } = "";

    public string Name { get; private init; } = "";

    /// <summary>1 internal, 2 server, 3 client.</summary>
    public ulong Kind { get; private init; }

    public ulong Start { get; private init; }

    public ulong End { get; private init; }

    public bool Failed { get; private init; }

    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Spans of other traces.</summary>
    public IReadOnlyList<ReceivedLink> Links { get; private init; } = [];

    public static ReceivedSpan Read(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoField.Read(message).ToList();
        ProtoField Of(int number) => fields.Find(field => field.Number == number);
        return new ReceivedSpan
        {
            TraceId = Of(1).Hex,
            SpanId = Of(2).Hex,
            ParentId = Of(4).Hex,
            Name = Of(5).Text,
            Kind = Of(6).Value,
            Start = Of(7).Value,
            End = Of(8).Value,
            Failed = ProtoField.Read(Of(15).Bytes).Any(static field => field is { Number: 3, Value: 2 }),
            Attributes = ReceivedAttributes.Read(fields.Where(static field => field.Number == 9)),
            Links = [.. fields.Where(static field => field.Number == 13).Select(static field => ReceivedLink.Read(field.Bytes))],
        };
    }
}
