using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>OpenAI chat completions (chunks and documents), and Workers AI's native shape where it is allowed.</summary>
internal static class ChatWire
{
    /// <returns>Whether the JSON tells of an error.</returns>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool Read(ReadOnlySpan<byte> data, ChunkReading into, bool native)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        var beginning = into.Mark();
        var failed = false;
        var hasChoices = false;
        json.ReadRoot();
        while (json.NextProperty())
        {
            if (json.Is("choices"u8))
            {
                // An answer in both shapes at once says the same twice.
                into.TakeBack(hasChoices ? into.Mark() : beginning with { FinishReason = into.FinishReason });
                hasChoices |= ReadChoices(ref json, into);
            }
            else if (json.Is("model"u8))
            {
                ReadModel(ref json, into);
            }
            else if (json.Is("usage"u8))
            {
                OpenAiUsage.Read(ref json, into);
            }
            else if (json.Is("error"u8) || json.Is("errors"u8))
            {
                failed |= json.ReadSaysAnything();
            }
            else if (native && !hasChoices)
            {
                ReadNative(ref json, into);
            }
            else
            {
                json.Skip();
            }
        }

        json.ReadEnd();
        return failed;
    }

    private static void ReadNative(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("response"u8))
        {
            var (start, length) = json.ReadAsContent(into);
            into.AddText(DeltaKind.Text, start, length);
        }
        else if (json.Is("reasoning_content"u8))
        {
            ChatMessage.ReadText(ref json, into, DeltaKind.Reasoning);
        }
        else if (json.Is("tool_calls"u8))
        {
            ToolCalls.Read(ref json, into);
        }
        else if (json.Is("finish_reason"u8))
        {
            ReadFinish(ref json, into);
        }
        else
        {
            json.Skip();
        }
    }

    private static bool ReadChoices(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return false;
        }

        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref json, into, position);
            }
            else
            {
                json.Skip();
            }
        }

        return true;
    }

    /// <summary>Only the first of several alternatives is read. With n > 1 the others come as chunks of their own, told apart by index.</summary>
    private static void ReadChoice(ref Utf8JsonReader json, ChunkReading into, long position)
    {
        var before = into.Mark();
        while (json.NextProperty())
        {
            if (json.Is("delta"u8) || json.Is("message"u8))
            {
                ChatMessage.Read(ref json, into);
            }
            else if (json.Is("index"u8))
            {
                position = json.ReadCount() ?? position;
            }
            else if (json.Is("finish_reason"u8))
            {
                ReadFinish(ref json, into);
            }
            else if (json.Is("text"u8))
            {
                ChatMessage.ReadText(ref json, into, DeltaKind.Text);
            }
            else
            {
                json.Skip();
            }
        }

        if (position != 0)
        {
            into.TakeBack(before);
        }
    }

    private static void ReadFinish(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.ReadString() && json.ValueSpan.Length > 0)
        {
            into.FinishReason = FinishReasons.Normalise(ref json);
        }
    }

    private static void ReadModel(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.ReadString())
        {
            into.SetModel(json.ValueSpan);
        }
    }
}
