using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>A part of Google's content: a text, a thought, or a call of a function, whole and with its arguments as an object.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct GooglePart
{
    private (int Start, int Length) _text;
    private bool _isThought;
    private bool _isCall;
    private (int Start, int Length) _arguments;
    private string? _callId;
    private string? _callName;

    /// <summary>From the name of the property that holds the array. Calls are numbered through the answer.</summary>
    public static void ReadAll(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var part = default(GooglePart);
            while (json.NextProperty())
            {
                part.ReadProperty(ref json, into);
            }

            part.AddTo(into);
        }
    }

    private readonly void AddTo(ChunkReading into)
    {
        into.AddText(_isThought ? DeltaKind.Reasoning : DeltaKind.Text, _text.Start, _text.Length);
        if (_isCall)
        {
            // An empty object is left out on the wire.
            var (start, length) = _arguments.Length > 0 ? _arguments : into.AppendEscaped("{}"u8);
            into.Add(new Delta(DeltaKind.ToolCall, start, length, into.NumberCall(), _callId, _callName));
        }
    }

    private void ReadProperty(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("text"u8))
        {
            _text = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
        }
        else if (json.Is("thought"u8))
        {
            _isThought = json.ReadSaysAnything();
        }
        else if (json.Is("functionCall"u8) && json.EnterObject())
        {
            _isCall = true;
            while (json.NextProperty())
            {
                ReadCall(ref json, into);
            }
        }
        else
        {
            json.Skip();
        }
    }

    private void ReadCall(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("name"u8))
        {
            _callName = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("id"u8))
        {
            _callId = json.ReadString() ? JsonText.Unescape(json.ValueSpan) : null;
        }
        else if (json.Is("args"u8))
        {
            _arguments = json.ReadAsContent(into);
        }
        else
        {
            json.Skip();
        }
    }
}
