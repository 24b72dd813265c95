using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Journal;

/// <summary>An entry made fit to be looked at: what it says in a line, and its content as JSON, with what is sealed left sealed.</summary>
internal sealed class JournalLine
{
    /// <summary>Longer texts (an event, an answer) are cut: whole they are at <c>/stream</c> and <c>/output</c>.</summary>
    public const int MaxTextChars = 16 * 1024;

    private const int MaxSummaryChars = 160;

    private JournalLine(in EntryView entry, int? attempt, string summary, ReadOnlyMemory<byte> data)
    {
        (Number, Time, Kind, Bytes) = (entry.Number, entry.Time, EntryKinds.Name(entry.Kind), entry.Payload.Length);
        (Attempt, Summary, Data) = (attempt, summary, data);
    }

    public long Number { get; }

    public long Time { get; }

    public string Kind { get; }

    public int Bytes { get; }

    public int? Attempt { get; }

    public string Summary { get; }

    /// <summary>JSON.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public static JournalLine Of(in EntryView entry) => entry.Kind switch
    {
        EntryKind.RunSubmitted => OfSubmission(entry, EntryCodec.ReadRunSubmitted(entry.Payload)),
        EntryKind.UpstreamEvent => OfEvent(entry),
        EntryKind.AttemptResult => OfResult(entry, EntryCodec.ReadAttemptResult(entry.Payload)),
        EntryKind.AttemptStarted => OfStart(entry, EntryCodec.ReadAttemptStarted(entry.Payload)),
        EntryKind.AttemptAttached => OfAttach(entry, EntryCodec.ReadAttemptAttached(entry.Payload)),
        EntryKind.AttemptDetached => OfDetach(entry, EntryCodec.ReadAttemptDetached(entry.Payload)),
        EntryKind.AttemptReattached => OfReattach(entry, EntryCodec.ReadAttemptReattached(entry.Payload)),
        EntryKind.AttemptFailed => OfFailure(entry, EntryCodec.ReadAttemptFailed(entry.Payload)),
        EntryKind.RunEnded => OfEnd(entry, EntryCodec.ReadRunEnded(entry.Payload)),
        _ => new JournalLine(entry, null, "A kind of entry that this version does not know.", "null"u8.ToArray()),
    };

    /// <summary>Whether its kind, its line or its content has a text, in upper or lower case.</summary>
    public bool Has(string text) =>
        Kind.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Summary.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Encoding.UTF8.GetString(Data.Span).Contains(text, StringComparison.OrdinalIgnoreCase);

    private static JournalLine OfSubmission(in EntryView entry, RunSubmitted submitted) => new(
        entry, null, $"{submitted.Spec.Model}, {submitted.Spec.Task}", SubmittedJson.Write(submitted));

    private static JournalLine OfStart(in EntryView entry, AttemptStarted started) => Plain(
        entry, started.Attempt, string.Create(CultureInfo.InvariantCulture, $"leg {started.Leg}, {started.Model} by {started.Transport}"));

    private static JournalLine OfAttach(in EntryView entry, AttemptAttached attached) => Plain(
        entry, attached.Attempt, $"{(attached.Resumable ? "resumable" : "not resumable")}{(attached.GatewayRunId is { } run ? $", gateway run {run}" : "")}");

    private static JournalLine OfDetach(in EntryView entry, AttemptDetached detached) => Plain(
        entry, detached.Attempt, string.Create(CultureInfo.InvariantCulture, $"at event {detached.Offset}: {detached.Reason} {detached.Message}"));

    private static JournalLine OfReattach(in EntryView entry, AttemptReattached attached) => Plain(
        entry, attached.Attempt, string.Create(CultureInfo.InvariantCulture, $"at event {attached.Offset}, after {attached.GapMs} ms"));

    private static JournalLine OfFailure(in EntryView entry, AttemptFailed failed) =>
        Plain(entry, failed.Attempt, $"{failed.Error.Code}: {failed.Error.Message}");

    private static JournalLine OfEnd(in EntryView entry, RunEnded end) => Plain(
        entry, null, $"{end.Status.ToWire()}{(end.FinishReason is { } reason ? $", {reason}" : "")}{(end.Error is { } error ? $", {error.Code}" : "")}");

    private static JournalLine OfEvent(in EntryView entry)
    {
        var text = Encoding.UTF8.GetString(EntryCodec.ReadUpstreamEvent(entry.Payload, out var attempt).Span);
        return new JournalLine(entry, attempt, Short(text), Build((Attempt: attempt, Text: text), static (json, value) =>
        {
            json.WriteNumber("attempt", value.Attempt);
            WriteText(json, value.Text);
        }));
    }

    private static JournalLine OfResult(in EntryView entry, AttemptResult result) => new(
        entry, result.Attempt, string.Create(CultureInfo.InvariantCulture, $"{result.ContentType}, {result.Body.Length} bytes"), Build(result, static (json, value) =>
        {
            json.WriteNumber("attempt", value.Attempt);
            json.WriteString("contentType", value.ContentType);
            json.WriteNumber("bytes", value.Body.Length);
            if (value.IsJson || value.ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            {
                WriteText(json, Encoding.UTF8.GetString(value.Body.Span));
            }
        }));

    /// <summary>An entry whose payload is JSON already.</summary>
    private static JournalLine Plain(in EntryView entry, int? attempt, string summary) => new(entry, attempt, Short(summary), entry.Payload);

    private static ReadOnlyMemory<byte> Build<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, RunJson.WriterOptions))
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        var isCut = text.Length > MaxTextChars;
        json.WriteString("text", isCut ? Whole(text, MaxTextChars) : text);
        if (isCut)
        {
            json.WriteBoolean("cut", true);
        }
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxSummaryChars ? line : Whole(line, MaxSummaryChars) + "…";
    }

    /// <summary>Not through the middle of a character.</summary>
    private static string Whole(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
