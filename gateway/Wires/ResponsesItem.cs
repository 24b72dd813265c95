using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// An item of a response's output: a message, a reasoning, or a call. Calls of the provider's own tools (search, MCP, code) are answered
/// by the provider: nothing is left for the caller to do, and they are passed over.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct ResponsesItem
{
    private (int Start, int Length) _arguments;
    private string? _callId;
    private string? _name;

    /// <summary>Of a tool that the caller runs. The input of a custom tool is a text, and stands where the arguments do.</summary>
    public bool IsCall { get; private set; }

    /// <summary>From inside the object to its end. Texts are added at once where the item is whole, and passed over otherwise.</summary>
    public static ResponsesItem Read(ref Utf8JsonReader json, ChunkReading into, bool isWhole)
    {
        var item = default(ResponsesItem);
        while (json.NextProperty())
        {
            if (isWhole && json.Is("content"u8))
            {
                ReadParts(ref json, into, DeltaKind.Text);
            }
            else if (isWhole && json.Is("summary"u8))
            {
                ReadParts(ref json, into, DeltaKind.Reasoning);
            }
            else
            {
                item.ReadProperty(ref json);
            }
        }

        return item;
    }

    public readonly void AddTo(ChunkReading into, int index)
    {
        if (IsCall)
        {
            into.Carried = 1;
            into.Add(new Delta(DeltaKind.ToolCall, _arguments.Start, _arguments.Length, index, _callId, _name));
        }
    }

    /// <summary>Between the parts of a summary there is a blank line, which nobody sends.</summary>
    public static void SeparateSummary(ChunkReading into, int part)
    {
        if (part > 0)
        {
            var (start, length) = into.AppendEscaped("\n\n"u8);
            into.AddText(DeltaKind.Reasoning, start, length);
        }
    }

    private void ReadProperty(ref Utf8JsonReader json)
    {
        if (json.Is("type"u8))
        {
            IsCall = json.ReadString() && (json.Is("function_call"u8) || json.Is("custom_tool_call"u8));
        }
        else if (json.Is("call_id"u8))
        {
            _callId = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("name"u8))
        {
            _name = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("arguments"u8) || json.Is("input"u8))
        {
            _arguments = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
        }
        else
        {
            json.Skip();
        }
    }

    private static void ReadParts(ref Utf8JsonReader json, ChunkReading into, DeltaKind kind)
    {
        if (!json.EnterArray())
        {
            return;
        }

        for (var part = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; part++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            if (kind == DeltaKind.Reasoning)
            {
                SeparateSummary(into, part);
            }

            ReadPart(ref json, into, kind);
        }
    }

    private static void ReadPart(ref Utf8JsonReader json, ChunkReading into, DeltaKind kind)
    {
        (int Start, int Length) text = default;
        while (json.NextProperty())
        {
            if (json.Is("text"u8) || json.Is("refusal"u8))
            {
                text = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : text;
            }
            else if (json.Is("type"u8))
            {
                kind = json.ReadString() && json.Is("reasoning_text"u8) ? DeltaKind.Reasoning : kind;
            }
            else
            {
                json.Skip();
            }
        }

        into.AddText(kind, text.Start, text.Length);
    }
}
