using System.Text;
using System.Text.Json;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>Inputs that are not simply passed on: raw audio, and AI Search.</summary>
public sealed class TaskTests : IAsyncLifetime
{
    private const string Nova = "@cf/deepgram/nova-3";
    private const string Audio = """{"audio":{"body":"AQID+/8=","contentType":"audio/mpeg"},"language":"en","detect_language":true,"keyterm":"a b&c","stream":false}""";

    private readonly HttpMessageInvoker _http = new(BridgeHttp.CreateHandler());
    private EmulatorHost _emulator = null!;

    public async ValueTask InitializeAsync() => _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = "api-token", DefaultRate = 0 });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Over_REST_raw_audio_is_the_body_and_the_rest_its_query()
    {
        using var handler = StubHandler.Answering(200, "{}", ("Content-Type", "application/json"));
        using var http = new HttpMessageInvoker(handler);
        var gateway = new AiGateway(http, new AiGatewayOptions { Account = new AccountOptions { AccountId = "acc", ApiToken = "t" } });

        Assert.IsType<DocumentReply>(await gateway.RunAsync(Request(Nova, Audio), CancellationToken.None));

        Assert.EndsWith("/accounts/acc/ai/run/@cf/deepgram/nova-3?language=en&detect_language=true&keyterm=a%20b%26c", handler.Request!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("audio/mpeg", handler.ContentType);
        Assert.Equal([1, 2, 3, 0xFB, 0xFF], handler.Bytes);
    }

    [Fact]
    public async Task It_is_the_same_transcript_over_REST_and_over_the_bridge()
    {
        var rest = await DocumentAsync(Ways.OverAccount(_http, _emulator), Nova, Audio);
        var bridge = await DocumentAsync(Ways.OverBridge(_http, _emulator), Nova, Audio);

        Assert.NotEmpty(Transcript(rest));
        Assert.Equal(Transcript(bridge), Transcript(rest));
    }

    [Theory]
    [InlineData("""{"audio":{"body":"not base64!","contentType":"audio/mpeg"}}""", "base64")]
    [InlineData("""{"audio":{"body":"AQID"}}""", "contentType")]
    [InlineData("""{"audio":{"body":"AQID","contentType":"mp3"}}""", "contentType")]
    [InlineData("""{"audio":{"body":"AQID","contentType":"audio/mpeg"},"words":[1]}""", "words")]
    public void Audio_that_can_not_be_sent_is_refused_before(string inputs, string why)
    {
        var rest = Assert.IsType<TransportRefusal>(Ways.OverAccount(_http, _emulator).Decide(Request(Nova, inputs)));
        var bridge = Assert.IsType<TransportRefusal>(Ways.OverBridge(_http, _emulator).Decide(Request(Nova, inputs)));

        Assert.All([rest, bridge], refusal => Assert.Contains(why, Assert.Single(refusal.Problems).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void It_does_not_go_over_the_gateway_path()
    {
        var decision = Ways.OverAccount(_http, _emulator).Decide(Request(Nova, Audio) with { Transport = TransportKind.Gateway });

        Assert.Contains("run path only", Assert.Single(Assert.IsType<TransportRefusal>(decision).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AI_Search_answers_the_same_on_both_ways_with_its_sources()
    {
        var rest = await DocumentAsync(Ways.OverAccount(_http, _emulator), "ai-search/handbook", """{"query":"When?"}""");
        var bridge = await DocumentAsync(Ways.OverBridge(_http, _emulator), "ai-search/handbook", """{"query":"When?"}""");

        Assert.NotEmpty(rest.GetProperty("response").GetString()!);
        Assert.Equal(3, rest.GetProperty("data").GetArrayLength());
        Assert.True(JsonElement.DeepEquals(rest, bridge));
    }

    [Fact]
    public async Task A_conversation_is_one_query()
    {
        const string Inputs = """
            {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"When"},{"type":"text","text":" does it open?"}]},{"role":"assistant"}],
             "max_num_results":2,"stream":true}
            """;
        using var handler = StubHandler.Answering(200, "{}", ("Content-Type", "application/json"));
        using var http = new HttpMessageInvoker(handler);
        var gateway = new AiGateway(http, new AiGatewayOptions { Account = new AccountOptions { AccountId = "acc", ApiToken = "t" } });

        await gateway.RunAsync(Request("ai-search/handbook", Inputs), CancellationToken.None);

        Assert.EndsWith("/accounts/acc/autorag/rags/handbook/ai-search", handler.Request!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(
            """{"query":"system: Be brief.\n\nuser: When does it open?","stream":false,"max_num_results":2}""",
            handler.Body);
    }

    [Theory]
    [InlineData("ai-search/a/b", """{"query":"x"}""", "model")]
    [InlineData("ai-search/..", """{"query":"x"}""", "model")]
    [InlineData("ai-search/a", "{}", "input")]
    [InlineData("ai-search/a", """{"messages":[{"role":"user","content":""}]}""", "input")]
    [InlineData("ai-search/a", """{"query":7}""", "input")]
    public void An_AI_Search_that_can_not_be_asked_is_refused_before(string model, string inputs, string field)
    {
        Assert.Equal(field, Assert.Single(Refused(Ways.OverAccount(_http, _emulator), Request(model, inputs))).Field);
        Assert.Equal(field, Assert.Single(Refused(Ways.OverBridge(_http, _emulator), Request(model, inputs))).Field);
    }

    [Fact]
    public void What_needs_the_gateway_path_it_can_not_have()
    {
        var gateway = Ways.OverAccount(_http, _emulator);
        var request = Request("ai-search/a", """{"query":"x"}""");

        Assert.Equal("gateway/cacheTtl", Assert.Single(Refused(gateway, request with { Gateway = new GatewayOptions { CacheTtl = 60 } })).Field);
        Assert.Equal("resume", Assert.Single(Refused(gateway, request with { Resume = true })).Field);
        Assert.Empty(Assert.IsType<TransportChoice>(gateway.Decide(request)).Warnings);
    }

    /// <summary>Numbers, text, an image, sounds: a result is the model's own, byte for byte, whichever way it was asked for.</summary>
    [Theory]
    [InlineData("@cf/baai/bge-base-en-v1.5", """{"text":["a","b"]}""", "shape data")]
    [InlineData("@cf/stabilityai/stable-diffusion-xl-base-1.0", """{"prompt":"p","width":9,"height":7,"seed":1}""", "image/png")]
    [InlineData("@cf/black-forest-labs/flux-1-schnell", """{"prompt":"p","width":9,"height":7,"seed":1}""", "image")]
    [InlineData("@cf/openai/whisper", """{"audio":[1,2,3]}""", "text")]
    [InlineData("@cf/openai/whisper-large-v3-turbo", """{"audio":"AQID","language":"en"}""", "text segments")]
    [InlineData("@cf/deepgram/aura-1", """{"text":"One two."}""", "audio/mpeg")]
    [InlineData("@cf/myshell-ai/melotts", """{"prompt":"One two."}""", "audio")]
    [InlineData("@cf/baai/bge-reranker-base", """{"query":"q","contexts":[{"text":"a"}],"top_k":1}""", "response")]
    [InlineData("@cf/huggingface/distilbert-sst-2-int8", """{"text":"fine"}""", "")]
    [InlineData("@cf/meta/m2m100-1.2b", """{"text":"a b","source_lang":"english","target_lang":"french"}""", "translated_text")]
    [InlineData("@cf/facebook/bart-large-cnn", """{"input_text":"a b c","max_length":9}""", "summary")]
    public async Task A_result_is_the_models_own_on_every_way(string model, string inputs, string expected)
    {
        var bodies = new List<byte[]>();
        foreach (var gateway in new[] { Ways.OverBridge(_http, _emulator), Ways.OverAccount(_http, _emulator) })
        {
            foreach (var transport in new TransportKind?[] { null, TransportKind.Gateway })
            {
                var document = Assert.IsType<DocumentReply>(
                    await gateway.RunAsync(Request(model, inputs) with { Transport = transport }, CancellationToken.None));
                Assert.Equal(expected.Contains('/', StringComparison.Ordinal) ? expected : "application/json", document.ContentType);
                bodies.Add(document.Body.ToArray());
            }
        }

        Assert.NotEmpty(bodies[0]);
        Assert.All(bodies, body => Assert.Equal(bodies[0], body));
        if (!expected.Contains('/', StringComparison.Ordinal))
        {
            var result = JsonElement.Parse(bodies[0]);
            Assert.All(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.True(result.TryGetProperty(name, out _), name));
            Assert.True(expected.Length > 0 || (result[0].TryGetProperty("label", out _) && result[0].TryGetProperty("score", out _)));
        }
    }

    /// <summary>The emulated model says something else of every image, so an image that were lost or changed on a way would be seen.</summary>
    [Theory]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")]
    [InlineData("https://images.example.com/a.png")]
    public async Task Images_in_a_conversation_reach_the_model_on_every_way(string url)
    {
        string Inputs(string image) =>
            $$$"""{"messages":[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"{{{image}}}"}}]}]}""";
        var account = Ways.OverAccount(_http, _emulator);
        var texts = new List<string>();
        foreach (var (gateway, request) in new[]
        {
            (Ways.OverBridge(_http, _emulator), Request("openai/m", Inputs(url))),
            (Ways.OverBridge(_http, _emulator), Request("openai/m", Inputs(url)) with { Transport = TransportKind.Gateway }),
            (Ways.OverBridge(_http, _emulator), Request("@cf/meta/llama-3.2-11b-vision-instruct", Inputs(url))),
            (account, Request("openai/m", Inputs(url))),
            (account, Request("openai/m", Inputs(url)) with { Endpoint = "v1/chat/completions" }),
            (account, Request("openai/m", Inputs(url)) with { Transport = TransportKind.Gateway }),
            (account, Request("@cf/meta/llama-3.2-11b-vision-instruct", Inputs(url))),
            (account, Request("@cf/meta/llama-3.2-11b-vision-instruct", Inputs(url)) with { Transport = TransportKind.Gateway }),
        })
        {
            await using var stream = Assert.IsType<StreamReply>(await gateway.RunAsync(request with { Stream = true }, CancellationToken.None));
            texts.Add((await Answer.ReadAsync(stream)).Text);
        }

        await using var other = Assert.IsType<StreamReply>(
            await account.RunAsync(Request("openai/m", Inputs("https://images.example.com/b.png")) with { Stream = true }, CancellationToken.None));
        Assert.NotEmpty(texts[0]);
        Assert.All(texts, text => Assert.Equal(texts[0], text));
        Assert.NotEqual(texts[0], (await Answer.ReadAsync(other)).Text, StringComparer.Ordinal);
    }

    private static IReadOnlyList<ConfigProblem> Refused(AiGateway gateway, RunRequest request) =>
        Assert.IsType<TransportRefusal>(gateway.Decide(request)).Problems;

    private static string Transcript(JsonElement result) =>
        result.GetProperty("results").GetProperty("channels")[0].GetProperty("alternatives")[0].GetProperty("transcript").GetString()!;

    private static async Task<JsonElement> DocumentAsync(AiGateway gateway, string model, string inputs) =>
        JsonElement.Parse(Assert.IsType<DocumentReply>(await gateway.RunAsync(Request(model, inputs), CancellationToken.None)).Body.Span);

    private static RunRequest Request(string model, string inputs) => new()
    {
        Model = model, Inputs = Encoding.UTF8.GetBytes(inputs), Stream = false, Gateway = new GatewayOptions { Id = "gw" },
    };
}
