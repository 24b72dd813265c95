using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Wires;

/// <summary>Anthropic Messages: named events from <c>message_start</c> to <c>message_stop</c>, content in numbered blocks.</summary>
internal sealed class AnthropicWire : Wire
{
    public override void Stream(Answer answer, EventScriptBuilder script)
    {
        void Named(string name, string rest) => script.Event($"{{\"type\":\"{name}\"{rest}}}", name);
        void Delta(int block, Text? text, string type, string field) => script.Pieces(
            text,
            new($"{{\"type\":\"content_block_delta\",\"index\":{block},\"delta\":{{\"type\":\"{type}\",\"{field}\":\"", "\"}}"),
            "content_block_delta");

        Named("message_start", $",\"message\":{{\"id\":\"msg_01{answer.Token}\",\"type\":\"message\",\"role\":\"assistant\",\"model\":{Json.Quote(answer.Model)},\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{Usage(answer, 1)}}}");
        var block = 0;
        if (answer.Reasoning is not null)
        {
            Named("content_block_start", $",\"index\":{block},\"content_block\":{{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}");
            Delta(block, answer.Reasoning, "thinking_delta", "thinking");
            Named("content_block_delta", $",\"index\":{block},\"delta\":{{\"type\":\"signature_delta\",\"signature\":\"{answer.Token}\"}}");
            Named("content_block_stop", $",\"index\":{block++}");
        }

        Named("content_block_start", $",\"index\":{block},\"content_block\":{{\"type\":\"text\",\"text\":\"\"}}");
        Named("ping", "");
        Delta(block, answer.Text, "text_delta", "text");
        Named("content_block_stop", $",\"index\":{block++}");
        if (answer.Tool is { } tool)
        {
            Named("content_block_start", $",\"index\":{block},\"content_block\":{{\"type\":\"tool_use\",\"id\":\"toolu_01{tool.Id}\",\"name\":\"{ToolCall.Name}\",\"input\":{{}}}}");
            foreach (var fragment in tool.Fragments)
            {
                Named("content_block_delta", $",\"index\":{block},\"delta\":{{\"type\":\"input_json_delta\",\"partial_json\":{Json.Quote(fragment)}}}");
            }

            Named("content_block_stop", $",\"index\":{block}");
        }

        Named("message_delta", $",\"delta\":{{\"stop_reason\":{Stop(answer)},\"stop_sequence\":null}},\"usage\":{{\"output_tokens\":{answer.CompletionTokens}}}");
        script.Marker("{\"type\":\"message_stop\"}", "message_stop");
    }

    public override void Fail(EventScriptBuilder script) => script.Event(ErrorBody("overloaded_error", null, "Overloaded"), "error");

    public override void WriteWhole(Answer answer, ByteSlab to)
    {
        to.Write($"{{\"id\":\"msg_01{answer.Token}\",\"type\":\"message\",\"role\":\"assistant\",\"model\":{Json.Quote(answer.Model)},\"content\":[");
        if (answer.Reasoning is { } reasoning)
        {
            to.Write("{\"type\":\"thinking\",\"thinking\":");
            to.WriteQuoted(reasoning);
            to.Write($",\"signature\":\"{answer.Token}\"}},");
        }

        to.Write("{\"type\":\"text\",\"text\":");
        to.WriteQuoted(answer.Text);
        to.Write("}");
        if (answer.Tool is { } tool)
        {
            to.Write($",{{\"type\":\"tool_use\",\"id\":\"toolu_01{tool.Id}\",\"name\":\"{ToolCall.Name}\",\"input\":{tool.Arguments}}}");
        }

        to.Write($"],\"stop_reason\":{Stop(answer)},\"stop_sequence\":null,\"usage\":{Usage(answer, answer.CompletionTokens)}}}");
    }

    public override string ErrorBody(string type, string? code, string message) =>
        $"{{\"type\":\"error\",\"error\":{{\"type\":{Json.Quote(type)},\"message\":{Json.Quote(message)}}}}}";

    /// <summary>What the cache has to do with is counted apart from the rest.</summary>
    private static string Usage(Answer answer, int output)
    {
        var cache = (answer.CachedTokens, answer.CacheWrittenTokens) is (0, 0)
            ? ""
            : $",\"cache_creation_input_tokens\":{answer.CacheWrittenTokens},\"cache_read_input_tokens\":{answer.CachedTokens}";
        var input = answer.PromptTokens - answer.CachedTokens - answer.CacheWrittenTokens;
        return $"{{\"input_tokens\":{input}{cache},\"output_tokens\":{output}}}";
    }

    private static string Stop(Answer answer) => answer.Tool is null ? "\"end_turn\"" : "\"tool_use\"";
}
