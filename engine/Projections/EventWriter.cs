using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Projections;

/// <summary>
/// Writes client events as server-sent events: <c>id</c>, <c>event</c> and one line of <c>data</c>. Text that came escaped in the
/// upstream's JSON goes out as it is, so that no token is ever decoded on its way.
/// </summary>
internal sealed class EventWriter(IBufferWriter<byte> output, RunId run, long skipThrough = 0)
{
    private readonly ArrayBufferWriter<byte> _json = new(256);
    private Utf8JsonWriter? _writer;

    public void Created(long seq, in EntryView entry, RunSubmitted submitted)
    {
        if (Begin(seq, "run.created", attempt: null) is not { } json)
        {
            return;
        }

        json.WriteString("runId", run.ToString());
        json.WriteString("model", submitted.Spec.Model);
        json.WriteString("task", submitted.Spec.Task);
        json.WriteString("createdAt", Timestamp(entry.Time));
        if (submitted.Spec.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata");
            metadata.WriteTo(json);
        }

        End(seq, "run.created");
    }

    public void AttemptStarted(long seq, AttemptStarted entry, long time)
    {
        if (Begin(seq, "attempt.started", entry.Attempt) is not { } json)
        {
            return;
        }

        json.WriteNumber("leg", entry.Leg);
        json.WriteString("model", entry.Model);
        json.WriteString("transport", entry.Transport);
        if (entry.Continuation != Continuation.None)
        {
            json.WriteString("continuation", entry.Continuation == Continuation.Prefill ? "prefill" : "user-turn");
        }

        if (entry.Part > 0)
        {
            json.WriteNumber("part", entry.Part);
        }

        json.WriteString("startedAt", Timestamp(time));
        End(seq, "attempt.started");
    }

    public void Attached(long seq, AttemptAttached entry)
    {
        if (Begin(seq, "attempt.attached", entry.Attempt) is not { } json)
        {
            return;
        }

        json.WriteString("gatewayRunId", entry.GatewayRunId);
        json.WriteString("gatewayLogId", entry.GatewayLogId);
        json.WriteString("cacheStatus", entry.CacheStatus);
        json.WriteBoolean("resumable", entry.Resumable);
        if (entry is { Model: { } model, Step: { } leg })
        {
            json.WriteNumber("leg", leg);
            json.WriteString("model", model);
        }

        End(seq, "attempt.attached");
    }

    public void Detached(long seq, AttemptDetached entry)
    {
        if (Begin(seq, "attempt.detached", entry.Attempt) is not { } json)
        {
            return;
        }

        json.WriteNumber("offset", entry.Offset);
        json.WriteString("reason", entry.Reason);
        if (entry.Message is not null)
        {
            json.WriteString("message", entry.Message);
        }

        End(seq, "attempt.detached");
    }

    public void Reattached(long seq, AttemptReattached entry)
    {
        if (Begin(seq, "attempt.reattached", entry.Attempt) is not { } json)
        {
            return;
        }

        json.WriteNumber("offset", entry.Offset);
        json.WriteNumber("gapMs", entry.GapMs);
        End(seq, "attempt.reattached");
    }

    public void AttemptFailed(long seq, AttemptFailed entry)
    {
        if (Begin(seq, "attempt.failed", entry.Attempt) is not { } json)
        {
            return;
        }

        json.WritePropertyName("error");
        RunJson.Write(json, entry.Error);
        End(seq, "attempt.failed");
    }

    public void Reset(long seq, int attempt, string reason)
    {
        if (Begin(seq, "output.reset", attempt) is not { } json)
        {
            return;
        }

        json.WriteString("reason", reason);
        End(seq, "output.reset");
    }

    public void Result(long seq, AttemptResult entry, WireFormat wire)
    {
        if (Begin(seq, "output.result", entry.Attempt) is not { } json)
        {
            return;
        }

        var document = wire == WireFormat.Document ? ResultDocument.Of(entry) : new AnswerDocument(entry.ContentType, entry.Body);
        json.WriteString("contentType", document.ContentType);
        json.WriteNumber("bytes", document.Body.Length);
        End(seq, "output.result");
    }

    public void Warning(long seq, RunWarning warning)
    {
        if (Begin(seq, "warning", attempt: null) is not { } json)
        {
            return;
        }

        json.WriteString("code", warning.Code);
        json.WriteString("message", warning.Message);
        End(seq, "warning");
    }

    public void Usage(long seq, int attempt, long? input, long? outputTokens, long? total)
    {
        if (Begin(seq, "usage", attempt) is not { } json)
        {
            return;
        }

        json.WritePropertyName("usage");
        RunJson.Write(json, new TokenCounts
        {
            InputTokens = input,
            OutputTokens = outputTokens,
            TotalTokens = total ?? (input is null && outputTokens is null ? null : (input ?? 0) + (outputTokens ?? 0)),
        });
        End(seq, "usage");
    }

    public void Ended(long seq, RunEnded entry)
    {
        var type = "run." + entry.Status.ToWire();
        if (Begin(seq, type, attempt: null) is not { } json)
        {
            return;
        }

        json.WriteString("status", entry.Status.ToWire());
        json.WriteString("finishReason", entry.FinishReason);
        json.WriteBoolean("incomplete", entry.Incomplete);
        json.WriteString("incompleteReason", entry.IncompleteReason);
        json.WritePropertyName("usage");
        RunJson.Write(json, entry.Usage);
        json.WritePropertyName("error");
        RunJson.Write(json, entry.Error);
        json.WritePropertyName("attempts");
        RunJson.Write(json, entry.Attempts);
        End(seq, type);
    }

    /// <summary>Text that was decoded on its way. A surrogate whose other half comes with the next event is told as the escape that it came as.</summary>
    public void Text(long seq, int attempt, string text)
    {
        if (Begin(seq, "output.delta", attempt) is not { } json)
        {
            return;
        }

        var half = char.IsHighSurrogate(text[^1]);
        var whole = JsonEncodedText.Encode(half ? text[..^1] : text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        json.WritePropertyName("text");
        json.WriteRawValue(
            half ? string.Create(CultureInfo.InvariantCulture, $"\"{whole}\\u{(int)text[^1]:x4}\"") : $"\"{whole}\"", skipInputValidation: true);
        End(seq, "output.delta");
    }

    /// <summary>The hot path: one per token, written straight into the output.</summary>
    public void Delta(long seq, int attempt, ChunkReading reading, in Delta delta)
    {
        if (seq <= skipThrough)
        {
            return;
        }

        if (delta.Kind == DeltaKind.ToolCall)
        {
            ToolCall(seq, attempt, reading, delta);
            return;
        }

        var text = reading.EscapedText(delta);
        var span = output.GetSpan(192 + text.Length);
        var position = 0;
        Append(span, ref position, "id: "u8);
        Append(span, ref position, seq);
        var isText = delta.Kind == DeltaKind.Text;
        Append(span, ref position, isText ? "\nevent: output.delta\ndata: {\"seq\":"u8 : "\nevent: reasoning.delta\ndata: {\"seq\":"u8);
        Append(span, ref position, seq);
        Append(span, ref position, isText ? ",\"type\":\"output.delta\",\"attempt\":"u8 : ",\"type\":\"reasoning.delta\",\"attempt\":"u8);
        Append(span, ref position, attempt);
        Append(span, ref position, ",\"text\":\""u8);
        Append(span, ref position, text);
        Append(span, ref position, "\"}\n\n"u8);
        output.Advance(position);
    }

    private void ToolCall(long seq, int attempt, ChunkReading reading, in Delta delta)
    {
        var json = Begin(seq, "tool_call.delta", attempt)!;
        json.WriteNumber("index", delta.Index);
        if (delta.ToolId is not null)
        {
            json.WriteString("id", delta.ToolId);
        }

        if (delta.ToolName is not null)
        {
            json.WriteString("name", delta.ToolName);
        }

        // As it came, like a text: a character whose halves come in two deltas would be lost in decoding each by itself.
        json.WritePropertyName("arguments");
        json.WriteRawValue([(byte)'"', .. reading.EscapedText(delta), (byte)'"'], skipInputValidation: true);
        End(seq, "tool_call.delta");
    }

    private Utf8JsonWriter? Begin(long seq, string type, int? attempt)
    {
        if (seq <= skipThrough)
        {
            return null;
        }

        _json.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_json, RunJson.WriterOptions);
        _writer.Reset(_json);
        _writer.WriteStartObject();
        _writer.WriteNumber("seq", seq);
        _writer.WriteString("type", type);
        if (attempt is { } number)
        {
            _writer.WriteNumber("attempt", number);
        }

        return _writer;
    }

    private void End(long seq, string type)
    {
        _writer!.WriteEndObject();
        _writer.Flush();
        var json = _json.WrittenSpan;
        var span = output.GetSpan(64 + type.Length + json.Length);
        var position = 0;
        Append(span, ref position, "id: "u8);
        Append(span, ref position, seq);
        Append(span, ref position, "\nevent: "u8);
        position += Encoding.UTF8.GetBytes(type, span[position..]);
        Append(span, ref position, "\ndata: "u8);
        Append(span, ref position, json);
        Append(span, ref position, "\n\n"u8);
        output.Advance(position);
    }

    private static DateTime Timestamp(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private static void Append(Span<byte> destination, ref int position, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[position..]);
        position += bytes.Length;
    }

    private static void Append(Span<byte> destination, ref int position, long number)
    {
        Utf8Formatter.TryFormat(number, destination[position..], out var written);
        position += written;
    }
}
