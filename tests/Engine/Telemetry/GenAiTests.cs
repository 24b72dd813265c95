using System.Text.Json;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Tests.Telemetry;

public sealed class GenAiTests
{
    [Theory]
    [InlineData("text-generation", "chat")]
    [InlineData("vision", "chat")]
    [InlineData("embeddings", "embeddings")]
    [InlineData("speech", "speech")]
    public void Operations_have_the_conventions_names_where_it_has_one(string task, string operation) => Assert.Equal(operation, GenAi.OperationOf(task));

    [Theory]
    [InlineData("openai/gpt-5-mini", "openai")]
    [InlineData("@cf/baai/bge-m3", "cloudflare.workers_ai")]
    [InlineData("google-ai-studio/gemini-3-flash", "gcp.gemini")]
    [InlineData("google-vertex-ai/gemini-3-flash", "gcp.vertex_ai")]
    [InlineData("grok/grok-4", "x_ai")]
    [InlineData("mistral/large", "mistral_ai")]
    [InlineData("azure/gpt-5", "azure.ai.openai")]
    [InlineData("bedrock/claude", "aws.bedrock")]
    [InlineData("a-new-one/model", "a-new-one")]
    [InlineData("none", "unknown")]
    public void Providers_have_the_conventions_names_where_it_has_one(string model, string provider) => Assert.Equal(provider, GenAi.ProviderOf(model));

    [Fact]
    public void An_answer_is_one_message_of_what_it_consists_of()
    {
        var answer = new Answer { Text = "There.", Reasoning = "Hm.", ToolCalls = [new ToolCall(0, "call_1", "look", "{}")] };

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},{"type":"text","content":"There."},{"type":"tool_call","id":"call_1","name":"look","arguments":"{}"}],"finish_reason":"stop"}]""",
            GenAiMessages.OfAnswer(answer, "stop"));
        Assert.Equal("""[{"role":"assistant","parts":[],"finish_reason":"error"}]""", GenAiMessages.OfAnswer(new Answer(), null));
    }

    [Fact]
    public void What_is_very_long_is_cut_and_says_so()
    {
        string? Shown(int chars) => Of(JsonDocument.Parse(GenAiMessages.OfAnswer(new Answer { Text = new string('a', chars) }, "stop")!).RootElement[0].GetProperty("parts")[0], "content");

        Assert.Equal(new string('a', 65_536), Shown(65_536));
        Assert.Equal(new string('a', 65_536) + "… [3 more]", Shown(65_539));
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"TEXT"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":{"text":"TEXT"}}]}""")]
    [InlineData("""{"messages":[{"role":"tool","tool_call_id":"a","content":"TEXT"}]}""")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"b","arguments":"TEXT"}}]}]}""")]
    [InlineData("""{"prompt":"TEXT"}""")]
    public void Whatever_a_caller_wrote_is_cut(string input)
    {
        var shown = GenAiMessages.OfInput(System.Text.Encoding.UTF8.GetBytes(input.Replace("TEXT", new string('a', 1_000_000), StringComparison.Ordinal)))!;
        Assert.InRange(shown.Length, 65_536, 66_000);
        Assert.Contains(" more]", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_model_wrote_is_cut()
    {
        var text = new string('a', 1_000_000);
        var shown = GenAiMessages.OfAnswer(new Answer { Text = text, Reasoning = text, ToolCalls = [new ToolCall(0, "call_1", "look", text)] }, "stop")!;
        Assert.InRange(shown.Length, 3 * 65_536, (3 * 65_536) + 1_000);
    }

    /// <summary>An upstream may send one, and a cut may make one.</summary>
    [Fact]
    public void Half_a_character_is_no_reason_to_fail()
    {
        using var sent = JsonDocument.Parse(GenAiMessages.OfAnswer(new Answer { Text = "a\ud83d" }, "stop")!);
        Assert.Equal("a\ufffd", Of(sent.RootElement[0].GetProperty("parts")[0], "content"));
        using var cut = JsonDocument.Parse(GenAiMessages.OfAnswer(new Answer { Text = new string('a', 65_535) + "\ud83d\ude00" }, "stop")!);
        Assert.EndsWith("more]", Of(cut.RootElement[0].GetProperty("parts")[0], "content"), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_and_what_tools_answered_are_parts_of_their_own_kinds()
    {
        var input = """
            {"messages": [
              {"role": "system", "content": "Be brief."},
              {"role": "user", "content": [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "data:secret"}}]},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{\"at\": 1}"}}]},
              {"role": "tool", "tool_call_id": "call_1", "content": "a lighthouse"},
              {"content": "and now?"}
            ]}
            """u8.ToArray();

        var messages = JsonDocument.Parse(GenAiMessages.OfInput(input)!).RootElement;

        Assert.Equal(
            ["system", "user", "assistant", "tool", "user"],
            messages.EnumerateArray().Select(static one => one.GetProperty("role").GetString()),
            StringComparer.Ordinal);
        var parts = messages.EnumerateArray().Select(static one => Assert.Single(one.GetProperty("parts").EnumerateArray())).ToList();
        Assert.Equal("""{"type":"text","content":"Be brief."}""", parts[0].GetRawText());
        Assert.Equal("What is this?\n[part that is no text]", parts[1].GetProperty("content").GetString());
        Assert.Equal(("tool_call", "call_1", "look", """{"at": 1}"""), (Of(parts[2], "type"), Of(parts[2], "id"), Of(parts[2], "name"), Of(parts[2], "arguments")));
        Assert.Equal(("tool_call_response", "call_1", "a lighthouse"), (Of(parts[3], "type"), Of(parts[3], "id"), Of(parts[3], "response")));
        Assert.Equal("and now?", Of(parts[4], "content"));
    }

    [Fact]
    public void A_prompt_is_what_a_user_says_and_other_input_is_not_shown()
    {
        var prompt = Assert.Single(JsonDocument.Parse(GenAiMessages.OfInput("""{"prompt": "A lighthouse."}"""u8.ToArray())!).RootElement.EnumerateArray());
        Assert.Equal(("user", "A lighthouse."), (Of(prompt, "role"), Of(prompt.GetProperty("parts")[0], "content")));
        Assert.Null(GenAiMessages.OfInput("""{"text": ["a"]}"""u8.ToArray()));
        Assert.Null(GenAiMessages.OfInput("""{"messages": "none"}"""u8.ToArray()));
    }

    private static string? Of(JsonElement element, string name) => element.GetProperty(name).GetString();
}
