using System.Text.Json;

namespace Orchestrator.Emulator.Http;

/// <summary>The options of a dispatch that came as headers.</summary>
/// <param name="Key">What the caller counts it under: metadata <c>run</c>, or else <see cref="Headers.EmulatorKey"/>.</param>
/// <param name="Metadata">A JSON object, or null.</param>
/// <param name="CollectLog">Whether a log is kept.</param>
internal sealed record HeaderOptions(string? Key, string? Metadata, bool CollectLog)
{
    /// <param name="header">The value of a header, null when it is not there.</param>
    public static HeaderOptions Read(Func<string, string?> header)
    {
        var metadata = header(Headers.Metadata);
        var (isObject, run) = Parse(metadata);
        return new(run ?? header(Headers.EmulatorKey), isObject ? metadata : null, header(Headers.CollectLog) != "false");
    }

    public static HeaderOptions Read(IHeaderDictionary headers) =>
        Read(name => headers.TryGetValue(name, out var value) ? value.ToString() : null);

    private static (bool IsObject, string? Run) Parse(string? metadata)
    {
        try
        {
            using var document = JsonDocument.Parse(metadata ?? "null");
            return (document.RootElement.ValueKind == JsonValueKind.Object, document.RootElement.Member("run")?.ToString());
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }
}
