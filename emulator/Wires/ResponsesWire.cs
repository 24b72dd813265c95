namespace Orchestrator.Emulator.Wires;

/// <summary>OpenAI Responses: named events from <c>response.created</c> to <c>response.completed</c>, no marker of any other kind.</summary>
internal sealed class ResponsesWire : Wire
{
    public override void Stream(Answer answer, EventScriptBuilder script)
    {
        void Named(string name, string rest) => script.Event($"{{\"type\":\"{name}\"{rest}}}", name);
        void Delta(int item, string id, Prose.Text? text, string name) => script.Pieces(
            text, new($"{{\"type\":\"{name}\",\"item_id\":\"{id}\",\"output_index\":{item},\"content_index\":0,\"delta\":\"", "\"}"), name);

        Named("response.created", $",\"response\":{Response(answer, "in_progress", "", "null")}");
        Named("response.in_progress", $",\"response\":{Response(answer, "in_progress", "", "null")}");
        var item = 0;
        if (answer.Reasoning is not null)
        {
            Named("response.output_item.added", $",\"output_index\":{item},\"item\":{{\"id\":\"rs_{answer.Token}\",\"type\":\"reasoning\",\"summary\":[]}}");
            Delta(item, $"rs_{answer.Token}", answer.Reasoning, "response.reasoning_summary_text.delta");
            Named("response.output_item.done", $",\"output_index\":{item++},\"item\":{ReasoningItem(answer)}");
        }

        Named("response.output_item.added", $",\"output_index\":{item},\"item\":{{\"id\":\"msg_{answer.Token}\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}}");
        Named("response.content_part.added", $",\"item_id\":\"msg_{answer.Token}\",\"output_index\":{item},\"content_index\":0,\"part\":{{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}}");
        Delta(item, $"msg_{answer.Token}", answer.Text, "response.output_text.delta");
        Named("response.output_text.done", $",\"item_id\":\"msg_{answer.Token}\",\"output_index\":{item},\"content_index\":0,\"text\":{Json.Quote(answer.Text)}");
        Named("response.output_item.done", $",\"output_index\":{item++},\"item\":{MessageItem(answer)}");
        if (answer.Tool is { } tool)
        {
            Named("response.output_item.added", $",\"output_index\":{item},\"item\":{CallItem(tool, "")}");
            foreach (var fragment in tool.Fragments)
            {
                Named("response.function_call_arguments.delta", $",\"item_id\":\"fc_{tool.Id}\",\"output_index\":{item},\"delta\":{Json.Quote(fragment)}");
            }

            Named("response.function_call_arguments.done", $",\"item_id\":\"fc_{tool.Id}\",\"output_index\":{item},\"arguments\":{Json.Quote(tool.Arguments)}");
            Named("response.output_item.done", $",\"output_index\":{item},\"item\":{CallItem(tool, tool.Arguments)}");
        }

        script.Marker($"{{\"type\":\"response.completed\",\"response\":{Response(answer, "completed", Output(answer), Usage(answer))}}}", "response.completed");
    }

    public override void Fail(EventScriptBuilder script) => script.Event(
        "{\"type\":\"response.failed\",\"response\":{\"object\":\"response\",\"status\":\"failed\","
        + "\"error\":{\"code\":\"server_error\",\"message\":\"The server had an error while processing your request.\"}}}",
        "response.failed");

    public override void WriteWhole(Answer answer, ByteSlab to) => to.Write(Response(answer, "completed", Output(answer), Usage(answer)));

    public override string ErrorBody(string type, string? code, string message) => For(WireFormat.OpenAi).ErrorBody(type, code, message);

    private static string Response(Answer answer, string status, string output, string usage) =>
        $"{{\"id\":\"resp_{answer.Token}\",\"object\":\"response\",\"created_at\":{answer.Created},\"status\":\"{status}\",\"error\":null,"
        + $"\"model\":{Json.Quote(answer.Model)},\"output\":[{output}],\"usage\":{usage}}}";

    private static string Output(Answer answer) => string.Join(',', new[]
    {
        answer.Reasoning is null ? null : ReasoningItem(answer),
        MessageItem(answer),
        answer.Tool is { } tool ? CallItem(tool, tool.Arguments) : null,
    }.Where(static item => item is not null));

    private static string ReasoningItem(Answer answer) =>
        $"{{\"id\":\"rs_{answer.Token}\",\"type\":\"reasoning\",\"summary\":[{{\"type\":\"summary_text\",\"text\":{Json.Quote(answer.Reasoning!)}}}]}}";

    private static string MessageItem(Answer answer) =>
        $"{{\"id\":\"msg_{answer.Token}\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
        + $"\"content\":[{{\"type\":\"output_text\",\"text\":{Json.Quote(answer.Text)},\"annotations\":[]}}]}}";

    private static string CallItem(ToolCall tool, string arguments) =>
        $"{{\"id\":\"fc_{tool.Id}\",\"type\":\"function_call\",\"status\":\"{(arguments.Length == 0 ? "in_progress" : "completed")}\","
        + $"\"call_id\":\"call_{tool.Id}\",\"name\":\"{ToolCall.Name}\",\"arguments\":{Json.Quote(arguments)}}}";

    private static string Usage(Answer answer) =>
        $"{{\"input_tokens\":{answer.PromptTokens},\"output_tokens\":{answer.CompletionTokens},\"total_tokens\":{answer.TotalTokens}{Cached(answer, "input")}"
        + $",\"output_tokens_details\":{{\"reasoning_tokens\":{answer.ReasoningTokens}}}}}";
}
