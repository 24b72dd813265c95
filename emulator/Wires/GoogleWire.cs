namespace Orchestrator.Emulator.Wires;

/// <summary>Google's own chunks, as the universal endpoint passes them: ends with a <c>finishReason</c>, no marker; lines end in CRLF.</summary>
internal sealed class GoogleWire : Wire
{
    public override string LineEnd => "\r\n";

    public override void Stream(Answer answer, EventScriptBuilder script)
    {
        var tail = Tail(answer);
        script.Pieces(answer.Reasoning, new(Open + "{\"text\":\"", "\",\"thought\":true}],\"role\":\"model\"},\"index\":0}]" + tail));
        script.Pieces(answer.Text, new(Open + "{\"text\":\"", "\"}],\"role\":\"model\"},\"index\":0}]" + tail));
        if (answer.Tool is { } tool)
        {
            script.Event(Open + Call(tool) + "],\"role\":\"model\"},\"index\":0}]" + tail);
        }

        script.Event(Open + "{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," + Usage(answer) + tail);
    }

    public override void Fail(EventScriptBuilder script) =>
        script.Event(ErrorBody("UNAVAILABLE", "503", "The model is overloaded. Please try again later."));

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        to.Write(Open);
        if (answer.Reasoning is { } reasoning)
        {
            to.Write("{\"thought\":true,\"text\":");
            to.WriteQuoted(reasoning);
            to.Write("},");
        }

        to.Write("{\"text\":");
        to.WriteQuoted(answer.Text);
        to.Write(answer.Tool is { } tool ? "}," + Call(tool) : "}");
        to.Write("],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," + Usage(answer) + Tail(answer));
    }

    public override string ErrorBody(string type, string? code, string message) =>
        $"{{\"error\":{{\"code\":{code ?? "500"},\"message\":{Json.Quote(message)},\"status\":{Json.Quote(type)}}}}}";

    private const string Open = "{\"candidates\":[{\"content\":{\"parts\":[";

    private static string Tail(Answer answer) => $",\"modelVersion\":{Json.Quote(answer.Model)},\"responseId\":\"{answer.Token}\"}}";

    private static string Call(ToolCall tool) => $"{{\"functionCall\":{{\"name\":\"{ToolCall.Name}\",\"args\":{tool.Arguments}}}}}";

    private static string CachedContent(Answer answer) =>
        answer.CachedTokens == 0 ? "" : $",\"cachedContentTokenCount\":{answer.CachedTokens}";

    private static string Usage(Answer answer) =>
        $"\"usageMetadata\":{{\"promptTokenCount\":{answer.PromptTokens},\"candidatesTokenCount\":{answer.CompletionTokens - answer.ReasoningTokens}"
        + $",\"thoughtsTokenCount\":{answer.ReasoningTokens},\"totalTokenCount\":{answer.TotalTokens}{CachedContent(answer)}}}";
}
