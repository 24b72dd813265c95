using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>Tool calls in OpenAI's shape, and in Workers AI's, which has no <c>function</c> around name and arguments.</summary>
internal static class ToolCalls
{
    private const int Unnumbered = -1;

    /// <summary>From the name of the property that holds the array.</summary>
    public static void Read(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return;
        }

        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadOne(ref json, into, position);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>The older shape, of which an answer has one at most: from the name of the property that holds it.</summary>
    public static void ReadFunctionCall(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.EnterObject())
        {
            Add(ReadFunction(ref json, into, new Delta(DeltaKind.ToolCall, 0, 0, Unnumbered, null, null)), into, 0);
        }
    }

    private static void ReadOne(ref Utf8JsonReader json, ChunkReading into, int position)
    {
        var call = new Delta(DeltaKind.ToolCall, 0, 0, Unnumbered, null, null);
        while (json.NextProperty())
        {
            if (json.Is("index"u8))
            {
                call = call with { Index = (int?)json.ReadCount() ?? Unnumbered };
            }
            else if (json.Is("id"u8))
            {
                call = call with { ToolId = ReadName(ref json) };
            }
            else if (json.Is("function"u8))
            {
                call = json.EnterObject() ? ReadFunction(ref json, into, call) : call;
            }
            else
            {
                call = ReadFunctionProperty(ref json, into, call);
            }
        }

        Add(call, into, position);
    }

    private static void Add(in Delta call, ChunkReading into, int position)
    {
        if (call is not { Length: 0, ToolId: null, ToolName: null })
        {
            into.Add(call.Index == Unnumbered ? call with { Index = Number(call, into, position) } : call);
        }
    }

    /// <summary>Without an index, a name begins a call, and what has none goes on with the last one.</summary>
    private static int Number(in Delta call, ChunkReading into, int position)
    {
        if (call.ToolName is not null)
        {
            return into.NumberCall();
        }

        return into.Carried > 0 ? (int)into.Carried - 1 : position;
    }

    private static Delta ReadFunction(ref Utf8JsonReader json, ChunkReading into, Delta call)
    {
        while (json.NextProperty())
        {
            call = ReadFunctionProperty(ref json, into, call);
        }

        return call;
    }

    private static Delta ReadFunctionProperty(ref Utf8JsonReader json, ChunkReading into, Delta call)
    {
        if (json.Is("name"u8))
        {
            return call with { ToolName = ReadName(ref json) };
        }

        if (json.Is("arguments"u8))
        {
            var (start, length) = json.ReadAsContent(into);
            return call with { Start = start, Length = length };
        }

        json.Skip();
        return call;
    }

    private static string? ReadName(ref Utf8JsonReader json) =>
        json.ReadString() && json.ValueSpan.Length > 0 ? JsonText.Unescape(json.ValueSpan) : null;
}
