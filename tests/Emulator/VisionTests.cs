using System.Net;
using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

/// <summary>Conversations with images in them: the model looks at them.</summary>
public sealed class VisionTests
{
    private const string Red = "R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
    private const string Blue = "R0lGODlhAQABAIAAAAAA/////yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

    [Fact]
    public async Task The_answer_follows_from_the_image()
    {
        await using var bridge = await Bridge.StartAsync();

        var red = await SaidOfAsync(bridge, Part(Red));
        Assert.NotEqual(await SaidOfAsync(bridge, Part(Blue)), red, StringComparer.Ordinal);
        Assert.NotEqual(await SaidOfAsync(bridge, """{"type":"text","text":"no image"}"""), red, StringComparer.Ordinal);
        Assert.NotEqual(
            await SaidOfAsync(bridge, """{"type":"image_url","image_url":{"url":"https://a.test/1.png"}}"""),
            await SaidOfAsync(bridge, """{"type":"image_url","image_url":{"url":"https://a.test/2.png"}}"""),
            StringComparer.Ordinal);
    }

    /// <summary>As OpenAI's chat has it, as its responses do, and as Anthropic does.</summary>
    [Fact]
    public async Task It_is_the_same_image_however_it_is_written()
    {
        await using var bridge = await Bridge.StartAsync();
        var said = await SaidOfAsync(bridge, Part(Red));

        Assert.Equal(said, await SaidOfAsync(bridge, $$"""{"type":"input_image","image_url":"data:image/gif;base64,{{Red}}"}"""));
        Assert.Equal(said, await SaidOfAsync(bridge, $$$"""{"type":"image","source":{"type":"base64","media_type":"image/gif","data":"{{{Red}}}"}}"""));
    }

    [Fact]
    public async Task It_has_its_price_in_tokens()
    {
        await using var bridge = await Bridge.StartAsync();

        var one = (await AskAsync(bridge, "openai/m", Part(Red), stream: false)).Json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();
        var three = (await AskAsync(bridge, "openai/m", $"{Part(Red)},{Part(Red)},{Part(Red)}", stream: false)).Json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();

        Assert.InRange(three - one, 2 * 85, (2 * 85) + 20);
    }

    [Theory]
    [InlineData("openai/m", """{"type":"image_url","image_url":{"url":"a.png"}}""")]
    [InlineData("openai/m", """{"type":"image_url","image_url":{"url":"http://a.test/1.png"}}""")]
    [InlineData("openai/m", """{"type":"image_url","image_url":{"url":"data:image/png;base64,not base64!"}}""")]
    [InlineData("openai/m", """{"type":"image_url"}""")]
    [InlineData("anthropic/m", """{"type":"image","source":{"type":"base64","data":""}}""")]
    [InlineData("@cf/meta/llama-3.2-11b-vision-instruct", """{"type":"image_url","image_url":{"url":"data:text/plain,hello"}}""")]
    public async Task What_is_no_image_is_refused(string model, string part)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await AskAsync(bridge, model, part);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains("Invalid image", reply.Text, StringComparison.Ordinal);
    }

    private static string Part(string gif) => $$$"""{"type":"image_url","image_url":{"url":"data:image/gif;base64,{{{gif}}}"}}""";

    private static async Task<string> SaidOfAsync(Bridge bridge, string part) => Said.OpenAi((await AskAsync(bridge, "openai/m", part)).Events);

    private static Task<Reply> AskAsync(Bridge bridge, string model, string parts, bool stream = true) => bridge.RunAsync(model, JsonElement.Parse(
        $$"""{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{{parts}}]}],"stream":{{(stream ? "true" : "false")}}}"""));
}
