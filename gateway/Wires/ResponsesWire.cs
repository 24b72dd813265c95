using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// OpenAI responses: their events and documents. One pass, whatever order the properties come in. What an event repeats of earlier ones
/// (<c>….done</c>, the output in <c>response.completed</c>) is passed over. Carried: 1 once a tool was called. Source: the public
/// reference of the OpenAI API.
/// </summary>
internal static class ResponsesWire
{
    private static readonly GatewayError Unfinished = new()
    {
        Code = ErrorCodes.ProviderError,
        Message = "The response is no answer: it was cancelled, or it is made in the background and has not ended.",
    };

    /// <returns>Whether the JSON tells of an error.</returns>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool Read(ReadOnlySpan<byte> data, ChunkReading into, bool isDocument)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        var body = new ResponsesBody(isDocument);
        var kind = ResponsesEventKind.Other;
        var item = default(ResponsesItem);
        (int Start, int Length) delta = default;
        var index = 0;
        var summary = 0;
        json.ReadRoot();
        while (json.NextProperty())
        {
            if (json.Is("type"u8))
            {
                kind = json.ReadString() ? KindOf(ref json) : kind;
            }
            else if (json.Is("delta"u8))
            {
                delta = json.ReadString() ? (json.ContentStart(), json.ValueSpan.Length) : default;
            }
            else if (json.Is("output_index"u8))
            {
                index = (int?)json.ReadCount() ?? 0;
            }
            else if (json.Is("summary_index"u8))
            {
                summary = (int?)json.ReadCount() ?? 0;
            }
            else if (json.Is("item"u8))
            {
                item = json.EnterObject() ? ResponsesItem.Read(ref json, into, isWhole: false) : default;
            }
            else if (json.Is("response"u8))
            {
                body.Read(ref json, into);
            }
            else
            {
                body.ReadProperty(ref json, into);
            }
        }

        json.ReadEnd();
        Add(into, kind, delta, index, summary);
        if (kind == ResponsesEventKind.ItemAdded)
        {
            item.AddTo(into, index);
        }

        into.Terminal = kind == ResponsesEventKind.Ended;
        if (kind == ResponsesEventKind.Failed || body.HasError)
        {
            return true;
        }

        if (isDocument && !body.HasEnded)
        {
            into.Error = Unfinished;
        }
        else if (isDocument || into.Terminal)
        {
            into.FinishReason = body.FinishReason(into.Carried > 0);
        }

        return false;
    }

    /// <summary>Whether a document of a wire that is not known beforehand says that it is one.</summary>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool IsDocument(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        json.ReadRoot();
        while (json.NextProperty())
        {
            if (json.Is("object"u8))
            {
                return json.ReadString() && json.Is("response"u8);
            }

            json.Skip();
        }

        return false;
    }

    private static void Add(ChunkReading into, ResponsesEventKind kind, (int Start, int Length) delta, int index, int summary)
    {
        switch (kind)
        {
            case ResponsesEventKind.Text:
                into.AddText(DeltaKind.Text, delta.Start, delta.Length);
                break;
            case ResponsesEventKind.Reasoning:
                into.AddText(DeltaKind.Reasoning, delta.Start, delta.Length);
                break;
            case ResponsesEventKind.SummaryPart:
                ResponsesItem.SeparateSummary(into, summary);
                break;
            case ResponsesEventKind.Arguments when delta.Length > 0:
                into.Add(new Delta(DeltaKind.ToolCall, delta.Start, delta.Length, index, null, null));
                break;
        }
    }

    private static ResponsesEventKind KindOf(ref Utf8JsonReader type)
    {
        if (type.Is("response.output_text.delta"u8) || type.Is("response.refusal.delta"u8))
        {
            return ResponsesEventKind.Text;
        }

        if (type.Is("response.reasoning_summary_text.delta"u8) || type.Is("response.reasoning_text.delta"u8))
        {
            return ResponsesEventKind.Reasoning;
        }

        if (type.Is("response.function_call_arguments.delta"u8) || type.Is("response.custom_tool_call_input.delta"u8))
        {
            return ResponsesEventKind.Arguments;
        }

        if (type.Is("response.output_item.added"u8))
        {
            return ResponsesEventKind.ItemAdded;
        }

        if (type.Is("response.reasoning_summary_part.added"u8))
        {
            return ResponsesEventKind.SummaryPart;
        }

        if (type.Is("response.completed"u8) || type.Is("response.incomplete"u8))
        {
            return ResponsesEventKind.Ended;
        }

        return type.Is("response.failed"u8) || type.Is("error"u8) ? ResponsesEventKind.Failed : ResponsesEventKind.Other;
    }
}
