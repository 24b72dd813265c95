using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Which task a submission is.</summary>
public sealed class TaskTests
{
    private const string Picture = """{"messages":[{"role":"system","content":"See."},{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:,"}}]}]}""";

    [Theory]
    [InlineData("""{"model":"openai/gpt-5-mini","input":{"messages":[]}}""", "text-generation")]
    [InlineData("""{"model":"@cf/baai/bge-base-en-v1.5","input":{"text":"a"}}""", "embeddings")]
    [InlineData("""{"model":"@cf/deepgram/aura-1","input":{"text":"a"},"task":null}""", "speech")]
    [InlineData("""{"model":"@cf/own/model","input":{"text":"a"},"task":"embeddings"}""", "embeddings")]
    [InlineData("""{"model":"@cf/baai/bge-base-en-v1.5","input":{"text":"a"},"task":"text-generation"}""", "text-generation")]
    [InlineData("""{"model":"openai/gpt-5-mini","input":""" + Picture + """}""", "vision")]
    [InlineData("""{"model":"openai/gpt-5-mini","input":{"input":[{"role":"user","content":[{"type":"input_image","image_url":"https://a.test/1.png"}]}]}}""", "vision")]
    [InlineData("""{"model":"anthropic/claude-haiku-4.5","input":{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","data":"AA=="}}]}]}}""", "vision")]
    [InlineData("""{"model":"openai/gpt-5-mini","input":{"messages":[{"role":"user","content":"image_url"}],"input":"image"}}""", "text-generation")]
    [InlineData("""{"model":"openai/gpt-5-mini","input":""" + Picture + ""","fallback":{"models":["anthropic/claude-haiku-4.5"]}}""", "vision")]
    [InlineData("""{"model":"@cf/baai/bge-m3","input":{"text":"a"},"task":"embeddings","fallback":{"models":["@cf/own/model"]}}""", "embeddings")]
    public async Task It_is_what_the_model_and_its_input_tell_unless_it_is_named(string body, string task) =>
        Assert.Equal(task, (await SubmittedAsync(body)).Spec.Task);

    [Theory]
    [InlineData("""{"model":"@cf/lykon/dreamshaper-8-lcm","input":{"prompt":"a"},"n":3}""", 3)]
    [InlineData("""{"model":"@cf/own/model","input":{"prompt":"a"},"task":"image","n":2}""", 2)]
    [InlineData("""{"model":"@cf/lykon/dreamshaper-8-lcm","input":{"prompt":"a"},"n":1}""", null)]
    [InlineData("""{"model":"openai/a","input":{"messages":[]},"n":1}""", null)]
    public async Task Images_come_in_several(string body, int? n) => Assert.Equal(n, (await SubmittedAsync(body)).Spec.N);

    [Fact]
    public async Task What_has_no_stream_is_not_warned_of_resuming() =>
        Assert.Empty((await SubmittedAsync("""{"model":"@cf/baai/bge-m3","input":{"text":"a"}}""")).Spec.Warnings);

    [Theory]
    [InlineData("""{"model":"openai/a","input":{"messages":[]}}""", false, 0)]
    [InlineData("""{"model":"openai/a","input":{"messages":[],"response_format":{"type":"json_object"}}}""", true, 0)]
    [InlineData("""{"model":"openai/a","input":{"messages":[]},"fallback":{"models":["openai/b"],"inputs":{"openai/b":{"messages":[],"response_format":{"type":"json_object"}}}}}""", true, 0)]
    [InlineData("""{"model":"openai/a","input":{"messages":[],"response_format":{"type":"json_schema","json_schema":{"type":"object","unevaluatedProperties":false}}}}""", true, 1)]
    [InlineData("""{"model":"@cf/deepgram/aura-1","input":{"text":"a","response_format":{"type":"json_object"}}}""", false, 0)]
    public async Task An_answer_is_held_to_the_schema_that_an_input_asks_for(string body, bool structured, int warnings)
    {
        var spec = (await SubmittedAsync(body)).Spec;

        Assert.Equal(structured, spec.Structured);
        Assert.Equal(warnings, spec.Warnings.Count(static warning => warning.Code == "schema-unchecked"));
    }

    private static async Task<Submission> SubmittedAsync(string body)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.SubmitAsync(body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return Assert.Single(host.Runs.Submissions);
    }
}
