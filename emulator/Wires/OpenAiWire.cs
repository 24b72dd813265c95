namespace Orchestrator.Emulator.Wires;

/// <summary>OpenAI chat completions: chunks, a usage chunk, <c>[DONE]</c>.</summary>
internal sealed class OpenAiWire : Wire
{
    public override void Stream(Answer answer, EventScriptBuilder script)
    {
        var head = $"{{\"id\":\"chatcmpl-{answer.Token}\",\"object\":\"chat.completion.chunk\",\"created\":{answer.Created},\"model\":{Json.Quote(answer.Model)}";
        string Chunk(string delta, string finish = "null") =>
            $"{head},\"choices\":[{{\"index\":0,\"delta\":{{{delta}}},\"finish_reason\":{finish}}}]}}";
        PieceFrame Piece(string field) => script.EventBytes > 0
            ? new($"{head},\"choices\":[{{\"index\":0,\"delta\":{{\"{field}\":\"", "\"},\"finish_reason\":null}],\"obfuscation\":\"", "\"}")
            : new($"{head},\"choices\":[{{\"index\":0,\"delta\":{{\"{field}\":\"", "\"},\"finish_reason\":null}]}");

        script.Event(Chunk("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null"));
        script.Pieces(answer.Reasoning, Piece("reasoning_content"));
        script.Pieces(answer.Text, Piece("content"));
        if (answer.Tool is { } tool)
        {
            script.Event(Chunk($"\"tool_calls\":[{{\"index\":0,\"id\":\"call_{tool.Id}\",\"type\":\"function\",\"function\":{{\"name\":\"{ToolCall.Name}\",\"arguments\":\"\"}}}}]"));
            foreach (var fragment in tool.Fragments)
            {
                script.Event(Chunk($"\"tool_calls\":[{{\"index\":0,\"function\":{{\"arguments\":{Json.Quote(fragment)}}}}}]"));
            }
        }

        script.Event(Chunk("", Finish(answer)));
        script.Event($"{head},\"choices\":[],\"usage\":{Usage(answer)}}}");
        script.Marker("[DONE]");
    }

    public override void Fail(EventScriptBuilder script) =>
        script.Event(ErrorBody("server_error", null, "The server had an error while processing your request."));

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        to.Write($"{{\"id\":\"chatcmpl-{answer.Token}\",\"object\":\"chat.completion\",\"created\":{answer.Created},\"model\":{Json.Quote(answer.Model)}");
        to.Write(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":");
        to.WriteQuoted(answer.Text);
        to.Write(",\"refusal\":null");
        if (answer.Reasoning is { } reasoning)
        {
            to.Write(",\"reasoning_content\":");
            to.WriteQuoted(reasoning);
        }

        if (answer.Tool is { } tool)
        {
            to.Write($",\"tool_calls\":[{{\"id\":\"call_{tool.Id}\",\"type\":\"function\",\"function\":{{\"name\":\"{ToolCall.Name}\",\"arguments\":{Json.Quote(tool.Arguments)}}}}}]");
        }

        to.Write($"}},\"finish_reason\":{Finish(answer)}}}],\"usage\":{Usage(answer)}}}");
    }

    public override string ErrorBody(string type, string? code, string message) =>
        $"{{\"error\":{{\"message\":{Json.Quote(message)},\"type\":{Json.Quote(type)},\"param\":null,\"code\":{Json.Quote(code)}}}}}";

    private static string Finish(Answer answer) => answer.Tool is null ? "\"stop\"" : "\"tool_calls\"";

    private static string Usage(Answer answer) =>
        $"{{\"prompt_tokens\":{answer.PromptTokens},\"completion_tokens\":{answer.CompletionTokens},\"total_tokens\":{answer.TotalTokens}{Cached(answer, "prompt")}"
        + $",\"completion_tokens_details\":{{\"reasoning_tokens\":{answer.ReasoningTokens}}}}}";
}
