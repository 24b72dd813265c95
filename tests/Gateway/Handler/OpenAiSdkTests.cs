using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAI.Chat;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Handler;

/// <summary>The official OpenAI client through the handler, against the emulated gateway.</summary>
public sealed class OpenAiSdkTests : IAsyncLifetime
{
    private const string Secret = "api-token";
    private readonly List<GatewayAnswer> _answers = [];
    private EmulatorHost _emulator = null!;

    public async ValueTask InitializeAsync() =>
        _emulator = await EmulatorHost.StartAsync(new EmulatorOptions { Secret = Secret, DefaultRate = 0 });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [InlineData("account")]
    [InlineData("account, universal")]
    [InlineData("bridge")]
    public async Task A_whole_answer_comes_through(string way)
    {
        using var http = Http(way);
        var answer = await OpenAiSdk.Chat(http, "gpt-5-mini").CompleteChatAsync("Hello");

        Assert.NotEmpty(answer.Value.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
        Assert.True(answer.Value.Usage.OutputTokenCount > 0);
        Assert.Equal("openai/gpt-5-mini", Assert.Single(_emulator.Counters.PerModel).Key);
        Told(way, answer.GetRawResponse().Headers.TryGetValue("cf-aig-log-id", out var logId) ? logId : null);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("account, universal")]
    [InlineData("bridge")]
    public async Task A_stream_comes_through(string way)
    {
        using var http = Http(way);
        var whole = await OpenAiSdk.Chat(http, "gpt-5-mini").CompleteChatAsync("Hello");
        _answers.Clear();

        var text = new StringBuilder();
        ChatTokenUsage? usage = null;
        var updates = 0;
        await foreach (var update in OpenAiSdk.Chat(http, "gpt-5-mini").CompleteChatStreamingAsync("Hello"))
        {
            updates++;
            usage = update.Usage ?? usage;
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }
        }

        Assert.Equal(whole.Value.Content[0].Text, text.ToString());
        Assert.True(updates > 60, $"{updates} updates");
        Assert.True(usage?.OutputTokenCount > 0);
        Told(way, logId: null);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("bridge")]
    public async Task Blocking_calls_come_through_as_well(string way)
    {
        using var http = Http(way);
        await Task.Run(() =>
        {
            var chat = OpenAiSdk.Chat(http, "gpt-5-mini");
            var whole = chat.CompleteChat("Hello").Value.Content[0].Text;
            var streamed = string.Concat(chat.CompleteChatStreaming("Hello").SelectMany(update => update.ContentUpdate).Select(part => part.Text));

            Assert.NotEmpty(whole);
            Assert.Equal(whole, streamed);
        }).SoonAsync();
        Assert.Equal(2, _answers.Count);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("bridge")]
    public async Task A_failure_is_the_SDK_s_to_read(string way)
    {
        using var http = Http(way);
        var failure = await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAiSdk.Chat(http, "m~status=429~retryafter=7").CompleteChatAsync("Hello"));

        Assert.Equal(429, failure.Status);
        Assert.True(failure.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait) && wait == "7");
        using var body = JsonDocument.Parse(failure.GetRawResponse()!.Content);
        Assert.Equal(JsonValueKind.Object, body.RootElement.GetProperty("error").ValueKind);
        Assert.Equal(429, Assert.Single(_answers).Headers.Status);
    }

    [Fact]
    public async Task A_wrong_token_is_refused_by_the_gateway()
    {
        using var http = OpenAiSdk.Http(new AiGatewayHandlerOptions { Account = Ways.Account(_emulator, "wrong") });

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => OpenAiSdk.Chat(http, "m").CompleteChatAsync("Hello"));

        Assert.Equal(401, failure.Status);
    }

    [Theory]
    [InlineData("compat", "anthropic/claude-5", "anthropic/claude-5")]
    [InlineData("workers-ai", "@cf/meta/llama", "@cf/meta/llama")]
    [InlineData("grok", "grok-5", "grok/grok-5")]
    public async Task A_named_provider_answers_the_OpenAI_client(string provider, string model, string asked)
    {
        using var http = Http("account", provider);
        var answer = await OpenAiSdk.Chat(http, model).CompleteChatAsync("Hello");

        Assert.NotEmpty(answer.Value.Content[0].Text);
        Assert.Equal(asked, Assert.Single(_emulator.Counters.PerModel).Key);
    }

    [Fact]
    public async Task Metadata_gets_to_the_gateway()
    {
        using var http = OpenAiSdk.Http(Options("account", provider: null) with
        {
            Gateway = new GatewayOptions { Metadata = Metadata("run", "of-the-handler") },
        });
        await OpenAiSdk.Chat(http, "m").CompleteChatAsync("Hello");

        Assert.Equal("of-the-handler", Assert.Single(_emulator.Counters.PerKey).Key);
    }

    internal static Dictionary<string, JsonElement> Metadata(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = JsonElement.Parse(JsonSerializer.Serialize(value)) };

    private HttpClient Http(string way, string? provider = null) => OpenAiSdk.Http(Options(way, provider));

    private AiGatewayHandlerOptions Options(string way, string? provider) => new()
    {
        Account = way == "bridge" ? null : Ways.Account(_emulator, Secret),
        Bridge = way == "bridge" ? new BridgeOptions { Url = _emulator.Address, Secret = Secret } : null,
        Route = way == "account, universal" ? HandlerRoute.Universal : null,
        Provider = provider,
        OnAnswer = _answers.Add,
    };

    private void Told(string way, string? logId)
    {
        var answer = Assert.Single(_answers);
        Assert.Equal(("openai", 200, "MISS"), (answer.Provider, answer.Headers.Status, answer.Headers.CacheStatus));
        Assert.Equal(way == "account" ? null : 0, answer.Headers.Step);
        Assert.NotNull(answer.Headers.LogId);
        Assert.True(logId is null || logId == answer.Headers.LogId);
    }
}
