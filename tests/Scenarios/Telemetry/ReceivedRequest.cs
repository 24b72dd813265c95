using Microsoft.AspNetCore.Http;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>One export: a batch of spans, metrics or log records of one service.</summary>
/// <param name="Signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
/// <param name="Protocol">Of HTTP.</param>
/// <param name="Headers">As they came.</param>
/// <param name="Body">The message, unzipped.</param>
internal sealed record ReceivedRequest(string Signal, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What it says of the service that sent it.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; } = ReceivedAttributes.Read(
        ProtoField.At(Body, 1, 1).Take(1).SelectMany(static resource => ProtoField.Read(resource)).Where(static field => field.Number == 1));

    public static ReceivedRequest Of(string signal, HttpRequest request, byte[] body) => new(
        signal,
        request.Protocol,
        request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body);
}
