namespace Orchestrator.Emulator.Wires;

/// <summary>Workers AI's own chunks: <c>response</c> and the padding <c>p</c>, usage at the end, <c>[DONE]</c>. No finish reason.</summary>
internal sealed class WorkersAiWire : Wire
{
    public override void Stream(Answer answer, EventScriptBuilder script)
    {
        script.Pieces(answer.Reasoning, new("{\"response\":\"\",\"reasoning_content\":\"", "\",\"p\":\"", "\"}", AlwaysPadded: true));
        script.Pieces(answer.Text, new("{\"response\":\"", "\",\"p\":\"", "\"}", AlwaysPadded: true));
        if (answer.Tool is { } tool)
        {
            script.Event($"{{\"response\":\"\",\"tool_calls\":{Calls(tool)}}}");
        }

        script.Event($"{{\"response\":\"\",\"usage\":{Usage(answer)}}}");
        script.Marker("[DONE]");
    }

    public override void Fail(EventScriptBuilder script) =>
        script.Event("{\"error\":\"3040: Capacity temporarily exceeded, please try again.\"}");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        to.Write("{\"response\":");
        to.WriteQuoted(answer.Text);
        if (answer.Reasoning is { } reasoning)
        {
            to.Write(",\"reasoning_content\":");
            to.WriteQuoted(reasoning);
        }

        to.Write($",\"tool_calls\":{(answer.Tool is { } tool ? Calls(tool) : "[]")},\"usage\":{Usage(answer)}}}");
    }

    public override string ErrorBody(string type, string? code, string message) =>
        $"{{\"errors\":[{{\"message\":{Json.Quote($"AiError: {message}")},\"code\":{code ?? "3043"}}}],\"success\":false,\"result\":{{}},\"messages\":[]}}";

    private static string Calls(ToolCall tool) => $"[{{\"name\":\"{ToolCall.Name}\",\"arguments\":{tool.Arguments}}}]";

    private static string Usage(Answer answer) =>
        $"{{\"prompt_tokens\":{answer.PromptTokens},\"completion_tokens\":{answer.CompletionTokens},\"total_tokens\":{answer.TotalTokens}{Cached(answer, "prompt")}}}";
}
