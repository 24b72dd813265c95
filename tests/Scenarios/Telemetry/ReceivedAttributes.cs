using System.Globalization;

namespace Orchestrator.Scenarios.Tests.Telemetry;

internal static class ReceivedAttributes
{
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<ProtoField> keyValues)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in keyValues.Select(static field => ProtoField.Read(field.Bytes).ToList()))
        {
            attributes[pair.Find(static field => field.Number == 1).Text] = Value(pair.Find(static field => field.Number == 2).Bytes);
        }

        return attributes;
    }

    private static string Value(ReadOnlyMemory<byte> any) => string.Concat(ProtoField.Read(any).Select(static field => field.Number switch
    {
        1 => field.Text,
        2 => field.Value == 1 ? "true" : "false",
        4 => field.Double.ToString(CultureInfo.InvariantCulture),
        5 => string.Join(',', ProtoField.At(field.Bytes, 1).Select(Value)),
        _ => ((long)field.Value).ToString(CultureInfo.InvariantCulture),
    }));
}
