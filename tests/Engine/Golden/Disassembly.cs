using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>An entry's payload for people, on one line: line ends are shown as their symbols.</summary>
internal static class Disassembly
{
    public static string Of(in EntryView entry) => entry.Kind switch
    {
        EntryKind.RunSubmitted => Of(EntryCodec.ReadRunSubmitted(entry.Payload)),
        EntryKind.UpstreamEvent => OfEvent(entry.Payload),
        EntryKind.AttemptResult => Of(EntryCodec.ReadAttemptResult(entry.Payload)),
        _ => Text(entry.Payload),
    };

    private static string Of(RunSubmitted entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"tenant '{entry.Tenant}' projection {entry.Projection} sealed {entry.Sealed.Length} bytes input {Text(entry.Inputs.Default)} spec {JsonSerializer.Serialize(entry.Spec, EntryJson.Default.RunSpec)}{Of(" trace", entry.Trace)}{Of(" origin", entry.Origin)}");

    /// <summary>Of few runs: nothing where there is none.</summary>
    private static string Of(string name, object? value) => value is null ? "" : $"{name} {value}";

    private static string Of(AttemptResult entry) =>
        string.Create(CultureInfo.InvariantCulture, $"attempt {entry.Attempt} {entry.ContentType} {Text(entry.Body)}");

    private static string OfEvent(ReadOnlyMemory<byte> payload)
    {
        var raw = EntryCodec.ReadUpstreamEvent(payload, out var attempt);
        return string.Create(CultureInfo.InvariantCulture, $"attempt {attempt} {Text(raw)}");
    }

    private static string Text(ReadOnlyMemory<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.Span).Replace('\n', '␊').Replace('\r', '␍');
}
