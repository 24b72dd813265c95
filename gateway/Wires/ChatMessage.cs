using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The <c>delta</c> of a chunk's choice, or the <c>message</c> of a document's.</summary>
internal static class ChatMessage
{
    /// <summary>From the name of the property that holds it.</summary>
    public static void Read(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        var hasReasoning = false;
        while (json.NextProperty())
        {
            if (json.Is("content"u8))
            {
                ReadContent(ref json, into);
            }
            else if (json.Is("reasoning_content"u8) || json.Is("reasoning"u8))
            {
                hasReasoning = ReadReasoning(ref json, into, hasReasoning);
            }
            else if (json.Is("refusal"u8))
            {
                ReadText(ref json, into, DeltaKind.Text);
            }
            else if (json.Is("tool_calls"u8))
            {
                ToolCalls.Read(ref json, into);
            }
            else if (json.Is("function_call"u8))
            {
                ToolCalls.ReadFunctionCall(ref json, into);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>Some providers send the same reasoning under both of its names: the first one counts.</summary>
    public static bool ReadReasoning(ref Utf8JsonReader json, ChunkReading into, bool has)
    {
        if (has)
        {
            json.Skip();
            return true;
        }

        return ReadText(ref json, into, DeltaKind.Reasoning);
    }

    public static bool ReadText(ref Utf8JsonReader json, ChunkReading into, DeltaKind kind)
    {
        if (!json.ReadString())
        {
            return false;
        }

        into.AddText(kind, json.ContentStart(), json.ValueSpan.Length);
        return json.ValueSpan.Length > 0;
    }

    /// <summary>A text, or an array of parts with a <c>text</c> each.</summary>
    private static void ReadContent(ref Utf8JsonReader json, ChunkReading into)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            into.AddText(DeltaKind.Text, json.ContentStart(), json.ValueSpan.Length);
        }
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                ReadPart(ref json, into);
            }
        }
        else
        {
            json.Skip();
        }
    }

    private static void ReadPart(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.NextProperty())
        {
            if (json.Is("text"u8))
            {
                ReadText(ref json, into, DeltaKind.Text);
            }
            else
            {
                json.Skip();
            }
        }
    }
}
