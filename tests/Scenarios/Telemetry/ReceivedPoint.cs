namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>A data point of a metric: a number, or the count of a histogram.</summary>
internal sealed record ReceivedPoint(
    string Metric, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value, IReadOnlyList<(string TraceId, string SpanId)> Exemplars)
{
    private const int Monotonic = 3;

    private const int Sum = 7;
    private const int Histogram = 9;

    /// <summary>What it is called in Prometheus.</summary>
    public IReadOnlyList<string> Series { get; private init; } = [];

    public static IEnumerable<ReceivedPoint> Read(ReadOnlyMemory<byte> metric)
    {
        var fields = ProtoField.Read(metric).ToList();
        var name = fields.Find(static field => field.Number == 1).Text;
        var unit = fields.Find(static field => field.Number == 3).Text;
        var isCounter = fields.Where(static field => field.Number == Sum)
            .SelectMany(static sum => ProtoField.Read(sum.Bytes)).Any(static field => field is { Number: Monotonic, Value: 1 });
        var numbers = PrometheusSeries.Of(name, unit, isCounter ? "Counter" : "Gauge");
        var distributions = PrometheusSeries.Of(name, unit, "Histogram");
        return ProtoField.At(metric, Sum, 1).Select(point => Number(name, unit, point) with { Series = numbers })
            .Concat(ProtoField.At(metric, Histogram, 1).Select(point => Distribution(name, unit, point) with { Series = distributions }));
    }

    private static ReceivedPoint Number(string name, string unit, ReadOnlyMemory<byte> point)
    {
        var fields = ProtoField.Read(point).ToList();
        var value = fields.Find(static field => field.Number is 4 or 6);
        return new ReceivedPoint(
            name, unit, ReceivedAttributes.Read(fields.Where(static field => field.Number == 7)), value.Number == 4 ? value.Double : (long)value.Value, []);
    }

    private static ReceivedPoint Distribution(string name, string unit, ReadOnlyMemory<byte> point)
    {
        var fields = ProtoField.Read(point).ToList();
        var exemplars = fields.Where(static field => field.Number == 8).Select(static field => ProtoField.Read(field.Bytes).ToList());
        return new ReceivedPoint(
            name,
            unit,
            ReceivedAttributes.Read(fields.Where(static field => field.Number == 9)),
            fields.Find(static field => field.Number == 4).Value,
            [.. exemplars.Select(static one => (one.Find(static field => field.Number == 5).Hex, one.Find(static field => field.Number == 4).Hex))]);
    }
}
