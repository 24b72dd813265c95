using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Entries;

/// <summary>
/// Payloads of the entries. JSON for what happens a few times a run, so that it can grow and be read; lengths and bytes for what is
/// large: the inputs of <see cref="RunSubmitted"/> and the body of <see cref="AttemptResult"/>.
/// </summary>
/// <exception cref="InvalidDataException">By every reading: the payload is not what the codec writes.</exception>
public static class EntryCodec
{
    public static void Add(this EntryBatchBuilder builder, long time, RunSubmitted entry)
    {
        var payload = new ArrayBufferWriter<byte>(512 + entry.Inputs.Default.Length);
        var head = new RunSubmittedHead(entry.Spec, entry.Tenant, entry.Projection, entry.Trace, entry.Origin);
        WriteBlob(payload, ToJson(head, EntryJson.Default.RunSubmittedHead));
        WriteBlob(payload, entry.Sealed.Span);
        WriteBlob(payload, entry.Inputs.Default.Span);
        WriteNumber(payload, (ulong)entry.Inputs.ByModel.Count);
        foreach (var (model, input) in entry.Inputs.ByModel)
        {
            WriteBlob(payload, Encoding.UTF8.GetBytes(model));
            WriteBlob(payload, input.Span);
        }

        builder.Add(EntryKind.RunSubmitted, time, payload.WrittenSpan);
    }

    public static void Add(this EntryBatchBuilder builder, long time, AttemptResult entry)
    {
        var payload = new ArrayBufferWriter<byte>(64 + entry.Body.Length);
        WriteNumber(payload, (ulong)entry.Attempt);
        WriteBlob(payload, Encoding.UTF8.GetBytes(entry.ContentType));
        payload.Write(entry.Body.Span);
        builder.Add(EntryKind.AttemptResult, time, payload.WrittenSpan);
    }

    public static void Add(this EntryBatchBuilder builder, long time, AttemptStarted entry) =>
        builder.Add(EntryKind.AttemptStarted, time, ToJson(entry, EntryJson.Default.AttemptStarted));

    public static void Add(this EntryBatchBuilder builder, long time, AttemptAttached entry) =>
        builder.Add(EntryKind.AttemptAttached, time, ToJson(entry, EntryJson.Default.AttemptAttached));

    public static void Add(this EntryBatchBuilder builder, long time, AttemptDetached entry) =>
        builder.Add(EntryKind.AttemptDetached, time, ToJson(entry, EntryJson.Default.AttemptDetached));

    public static void Add(this EntryBatchBuilder builder, long time, AttemptReattached entry) =>
        builder.Add(EntryKind.AttemptReattached, time, ToJson(entry, EntryJson.Default.AttemptReattached));

    public static void Add(this EntryBatchBuilder builder, long time, AttemptFailed entry) =>
        builder.Add(EntryKind.AttemptFailed, time, ToJson(entry, EntryJson.Default.AttemptFailed));

    public static void Add(this EntryBatchBuilder builder, long time, RunEnded entry) =>
        builder.Add(EntryKind.RunEnded, time, ToJson(entry, EntryJson.Default.RunEnded));

    public static void Add(this EntryBatchBuilder builder, long time, RunQueued entry) =>
        builder.Add(EntryKind.RunQueued, time, ToJson(entry, EntryJson.Default.RunQueued));

    public static RunSubmitted ReadRunSubmitted(ReadOnlyMemory<byte> payload)
    {
        var position = 0;
        var head = FromJson(ReadBlob(payload, ref position).Span, EntryJson.Default.RunSubmittedHead);
        var secrets = ReadBlob(payload, ref position);
        var input = ReadBlob(payload, ref position);
        var count = Varint.Read(payload.Span, ref position);
        var byModel = count == 0 ? RunInputs.None : ReadInputs(payload, ref position, count);
        return new RunSubmitted
        {
            Spec = head.Spec,
            Tenant = head.Tenant,
            Projection = head.Projection,
            Trace = head.Trace,
            Origin = head.Origin,
            Inputs = new RunInputs(input, byModel),
            Sealed = secrets,
        };
    }

    public static AttemptResult ReadAttemptResult(ReadOnlyMemory<byte> payload)
    {
        var position = 0;
        var attempt = (int)Varint.Read(payload.Span, ref position);
        var contentType = Encoding.UTF8.GetString(ReadBlob(payload, ref position).Span);
        return new AttemptResult { Attempt = attempt, ContentType = contentType, Body = payload[position..] };
    }

    /// <summary>Splits the payload of an <see cref="EntryKind.UpstreamEvent"/>.</summary>
    public static ReadOnlyMemory<byte> ReadUpstreamEvent(ReadOnlyMemory<byte> payload, out int attempt)
    {
        var position = 0;
        attempt = (int)Varint.Read(payload.Span, ref position);
        return payload[position..];
    }

    public static AttemptStarted ReadAttemptStarted(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.AttemptStarted);

    public static AttemptAttached ReadAttemptAttached(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.AttemptAttached);

    public static AttemptDetached ReadAttemptDetached(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.AttemptDetached);

    public static AttemptReattached ReadAttemptReattached(ReadOnlyMemory<byte> payload) =>
        FromJson(payload.Span, EntryJson.Default.AttemptReattached);

    public static AttemptFailed ReadAttemptFailed(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.AttemptFailed);

    public static RunEnded ReadRunEnded(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.RunEnded);

    public static RunQueued ReadRunQueued(ReadOnlyMemory<byte> payload) => FromJson(payload.Span, EntryJson.Default.RunQueued);

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadInputs(ReadOnlyMemory<byte> payload, ref int position, ulong count)
    {
        var inputs = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (ulong i = 0; i < count; i++)
        {
            var model = Encoding.UTF8.GetString(ReadBlob(payload, ref position).Span);
            inputs[model] = ReadBlob(payload, ref position);
        }

        return inputs;
    }

    private static byte[] ToJson<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static T FromJson<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"A journal entry of type {typeof(T).Name} is null.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"A journal entry of type {typeof(T).Name} can not be read: {damaged.Message}", damaged);
        }
    }

    private static void WriteNumber(ArrayBufferWriter<byte> payload, ulong value) =>
        payload.Advance(Varint.Write(payload.GetSpan(Varint.MaxLength), value));

    private static void WriteBlob(ArrayBufferWriter<byte> payload, ReadOnlySpan<byte> bytes)
    {
        WriteNumber(payload, (ulong)bytes.Length);
        payload.Write(bytes);
    }

    private static ReadOnlyMemory<byte> ReadBlob(ReadOnlyMemory<byte> payload, ref int position)
    {
        var length = Varint.Read(payload.Span, ref position);
        if (length > (ulong)(payload.Length - position))
        {
            throw new InvalidDataException("A journal entry is shorter than it says.");
        }

        var blob = payload.Slice(position, (int)length);
        position += blob.Length;
        return blob;
    }
}
