using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// A content block, or the delta of one: a text, a thought, or a tool call. Which properties there are says which it is; <c>type</c> need
/// not come first.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct AnthropicBlock
{
    private (int Start, int Length) _text;
    private (int Start, int Length) _thinking;
    private (int Start, int Length) _arguments;
    private string? _toolId;
    private string? _toolName;
    private bool _isTool;

    /// <summary>A call of a tool that the provider runs itself (<c>server_tool_use</c>): not for the caller to answer.</summary>
    public bool IsProvidersCall { get; private set; }

    /// <summary>From inside the object to its end. Adds the stop reason of a <c>message_delta</c> at once.</summary>
    public static AnthropicBlock Read(ref Utf8JsonReader json, ChunkReading into)
    {
        var block = default(AnthropicBlock);
        while (json.NextProperty())
        {
            block.ReadProperty(ref json, into);
        }

        return block;
    }

    public readonly void AddTo(ChunkReading into, int index)
    {
        into.AddText(DeltaKind.Text, _text.Start, _text.Length);
        into.AddText(DeltaKind.Reasoning, _thinking.Start, _thinking.Length);
        if (_isTool)
        {
            into.Add(new Delta(DeltaKind.ToolCall, _arguments.Start, _arguments.Length, index, _toolId, _toolName));
        }
        else if (_arguments.Length > 0 && !IsProvidersCall && into.Carried != index + 1)
        {
            into.Add(new Delta(DeltaKind.ToolCall, _arguments.Start, _arguments.Length, index, null, null));
        }
    }

    /// <summary>As a document has it: an empty input is the input, not the beginning of one.</summary>
    public void AddWhole(ChunkReading into, int index)
    {
        if (_isTool && _arguments.Length == 0)
        {
            _arguments = into.AppendEscaped("{}"u8);
        }

        AddTo(into, index);
    }

    private void ReadProperty(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("type"u8))
        {
            var hasType = json.ReadString();
            _isTool = hasType && json.Is("tool_use"u8);
            IsProvidersCall = hasType && !_isTool && json.ValueSpan.EndsWith("tool_use"u8);
        }
        else if (json.Is("text"u8))
        {
            _text = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
        }
        else if (json.Is("thinking"u8))
        {
            _thinking = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
        }
        else if (json.Is("partial_json"u8))
        {
            _arguments = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
        }
        else if (json.Is("input"u8))
        {
            // A streamed call starts with an empty object, and its arguments follow.
            _arguments = json.EnterObject() ? ReadInput(ref json, into) : default;
        }
        else if (json.Is("id"u8))
        {
            _toolId = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("name"u8))
        {
            _toolName = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("stop_reason"u8))
        {
            into.FinishReason = json.ReadString() ? FinishReasons.Normalise(ref json) : into.FinishReason;
        }
        else
        {
            json.Skip();
        }
    }

    private static (int Start, int Length) ReadInput(ref Utf8JsonReader json, ChunkReading into)
    {
        var start = (int)json.TokenStartIndex;
        var isEmpty = !json.NextProperty();
        if (isEmpty)
        {
            return default;
        }

        do
        {
            json.Skip();
        }
        while (json.NextProperty());

        return into.AppendEscaped(into.Data[start..(int)json.BytesConsumed]);
    }
}
