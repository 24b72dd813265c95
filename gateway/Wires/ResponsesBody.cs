using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The response object: a document, or what the events of a response's life carry of it.</summary>
/// <param name="isWhole">Whether its output is news: in events it has been streamed.</param>
[StructLayout(LayoutKind.Auto)]
internal struct ResponsesBody(bool isWhole)
{
    private bool _hasCalls;
    private bool _isIncomplete;
    private bool _isUnfinished;
    private string? _incompleteReason;

    public bool HasError { get; private set; }

    /// <summary>False for a document that is not the answer (yet): cancelled, or still in the making in the background.</summary>
    public readonly bool HasEnded => !_isUnfinished;

    public readonly string FinishReason(bool hasCalls) => (_isIncomplete, hasCalls || _hasCalls) switch
    {
        (true, _) => _incompleteReason ?? FinishReasons.Other,
        (_, true) => FinishReasons.ToolCalls,
        _ => FinishReasons.Stop,
    };

    /// <summary>From the name of the property that holds it.</summary>
    public void Read(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.EnterObject())
        {
            while (json.NextProperty())
            {
                ReadProperty(ref json, into);
            }
        }
    }

    public void ReadProperty(ref Utf8JsonReader json, ChunkReading into)
    {
        if (json.Is("output"u8))
        {
            ReadOutput(ref json, into);
        }
        else if (json.Is("status"u8))
        {
            if (json.ReadString())
            {
                _isIncomplete = json.Is("incomplete"u8);
                _isUnfinished = !_isIncomplete && !json.Is("completed"u8);
            }
        }
        else if (json.Is("incomplete_details"u8))
        {
            ReadReason(ref json);
        }
        else if (json.Is("usage"u8))
        {
            OpenAiUsage.Read(ref json, into);
        }
        else if (json.Is("model"u8))
        {
            if (json.ReadString())
            {
                into.SetModel(json.ValueSpan);
            }
        }
        else if (json.Is("error"u8) || json.Is("errors"u8))
        {
            HasError |= json.ReadSaysAnything();
        }
        else
        {
            json.Skip();
        }
    }

    private void ReadOutput(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return;
        }

        for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var item = ResponsesItem.Read(ref json, into, isWhole);
            _hasCalls |= item.IsCall;
            if (isWhole)
            {
                item.AddTo(into, index);
            }
        }
    }

    private void ReadReason(ref Utf8JsonReader json)
    {
        if (!json.EnterObject())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.Is("reason"u8))
            {
                _incompleteReason = json.ReadString() ? FinishReasons.Normalise(ref json) : null;
            }
            else
            {
                json.Skip();
            }
        }
    }
}
