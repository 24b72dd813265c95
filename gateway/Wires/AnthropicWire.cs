using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// Anthropic messages: their events and documents. One pass, whatever order the properties come in. Carried: where the open block is a call
/// of the provider's own tool, its index and one, so that what follows of its input is passed over.
/// </summary>
internal static class AnthropicWire
{
    /// <returns>Whether the JSON tells of an error.</returns>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool Read(ReadOnlySpan<byte> data, ReadOnlySpan<byte> eventName, ChunkReading into)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        var block = default(AnthropicBlock);
        var index = 0;
        var begins = false;
        var failed = false;
        var stopped = eventName.SequenceEqual("message_stop"u8);
        json.ReadRoot();
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                stopped |= json.ReadString() && json.Is("message_stop"u8);
            }
            else if (json.Is("index"u8))
            {
                index = (int?)json.ReadCount() ?? 0;
            }
            else if (json.Is("delta"u8) || json.Is("content_block"u8))
            {
                begins = json.Is("content_block"u8);
                block = json.EnterObject() ? AnthropicBlock.Read(ref json, into) : default;
            }
            else if (json.Is("message"u8))
            {
                ReadMessage(ref json, into);
            }
            else if (json.Is("error"u8) || json.Is("errors"u8))
            {
                failed |= json.ReadSaysAnything();
            }
            else
            {
                ReadMessageProperty(ref json, into);
            }
        }

        json.ReadEnd();
        if (begins)
        {
            into.Carried = block.IsProvidersCall ? index + 1 : 0;
        }

        block.AddTo(into, index);
        into.Terminal = stopped;
        return failed;
    }

    private static void ReadMessage(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.EnterObject())
        {
            while (json.NextProperty())
            {
                ReadMessageProperty(ref json, into);
            }
        }
    }

    /// <summary>What a message has, be it a whole document or the beginning that <c>message_start</c> brings.</summary>
    private static void ReadMessageProperty(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("model"u8))
        {
            if (json.ReadString())
            {
                into.SetModel(json.ValueSpan);
            }
        }
        else if (json.Is("usage"u8))
        {
            ReadUsage(ref json, into);
        }
        else if (json.Is("stop_reason"u8))
        {
            into.FinishReason = json.ReadString() ? FinishReasons.Normalise(ref json) : into.FinishReason;
        }
        else if (json.Is("content"u8))
        {
            ReadContent(ref json, into);
        }
        else
        {
            json.Skip();
        }
    }

    private static void ReadContent(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return;
        }

        for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                AnthropicBlock.Read(ref json, into).AddWhole(into, index);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadUsage(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        long? input = null;
        long? output = null;
        long? read = null;
        long? written = null;
        while (json.NextProperty())
        {
            if (json.Is("input_tokens"u8))
            {
                input = json.ReadCount();
            }
            else if (json.Is("output_tokens"u8))
            {
                output = json.ReadCount();
            }
            else if (json.Is("cache_read_input_tokens"u8))
            {
                read = json.ReadCount();
            }
            else if (json.Is("cache_creation_input_tokens"u8))
            {
                written = json.ReadCount();
            }
            else
            {
                json.Skip();
            }
        }

        // Anthropic counts what its cache has to do with apart from the rest.
        into.Usage = new TokenUsage(input + (read ?? 0) + (written ?? 0), output, null) { CacheRead = read, CacheWritten = written };
    }
}
