using System.Text.Json;
using System.Text.Unicode;

namespace Orchestrator.Gateway;

/// <summary>Reads answers as they come over a wire. Never throws on what it reads: what it can not make out is <c>Malformed</c>.</summary>
public static class WireReader
{
    /// <summary>Reads one complete event, as <see cref="IEventStream.TryRead"/> hands it out.</summary>
    /// <param name="wire">The answer's wire.</param>
    /// <param name="rawEvent">The event with its line ends.</param>
    /// <param name="into">Cleared before.</param>
    /// <param name="carried">The <see cref="ChunkReading.Carried"/> of the answer's event before this one; 0 for the first.</param>
    public static void Read(WireFormat wire, ReadOnlySpan<byte> rawEvent, ChunkReading into, long carried = 0)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        into.Carried = carried;
        var name = SseFields.Read(rawEvent, into);
        var data = into.Data.Trim(" \t"u8);
        if (data.SequenceEqual("[DONE]"u8))
        {
            into.Terminal = true;
            return;
        }

        if (!data.IsEmpty)
        {
            ReadJson(wire, name, into, isDocument: false);
        }

        if (into.Error is null && name.SequenceEqual("error"u8))
        {
            into.Forget();
            into.Error = TellError(into);
        }
        else if (data.IsEmpty && wire == WireFormat.Anthropic)
        {
            into.Terminal = name.SequenceEqual("message_stop"u8);
        }
    }

    /// <summary>Reads a whole answer, the body of a <see cref="DocumentReply"/>. It is <c>Terminal</c> unless malformed or an error.</summary>
    public static void ReadDocument(WireFormat wire, ReadOnlySpan<byte> json, ChunkReading into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.Clear();
        into.Carried = 0;
        into.Append(json);
        ReadJson(wire, eventName: default, into, isDocument: true);
        into.Terminal = !into.Malformed && into.Error is null;
    }

    private static void ReadJson(WireFormat wire, ReadOnlySpan<byte> eventName, ChunkReading into, bool isDocument)
    {
        var json = into.Data;
        var carried = into.Carried;
        if (!Utf8.IsValid(json))
        {
            into.Malformed = true;
            return;
        }

        try
        {
            var failed = wire switch
            {
                WireFormat.Anthropic => AnthropicWire.Read(json, eventName, into),
                WireFormat.Google => GoogleWire.Read(json, into, isDocument),
                WireFormat.OpenAiResponses => ResponsesWire.Read(json, into, isDocument),
                WireFormat.OpenAi => ChatWire.Read(json, into, native: false),
                WireFormat.Document when isDocument => DocumentWire.Read(json, into),

                // Models of OpenAI on Workers AI speak as they do at home.
                _ when SpeaksResponses(json, eventName, isDocument) => ResponsesWire.Read(json, into, isDocument),
                _ => ChatWire.Read(json, into, native: true),
            };
            if (failed)
            {
                into.Error = TellError(into);
            }
        }
        catch (JsonException)
        {
            into.Forget();
            into.Carried = carried;
            into.Malformed = true;
        }
    }

    private static bool SpeaksResponses(ReadOnlySpan<byte> json, ReadOnlySpan<byte> eventName, bool isDocument) =>
        isDocument ? ResponsesWire.IsDocument(json) : eventName.StartsWith("response."u8);

    private static GatewayError TellError(ChunkReading into) =>
        ErrorClassifier.FromAnswer(ErrorBody.Parse(into.DataMemory, SecretScrubber.None));
}
