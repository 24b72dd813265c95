using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class DispatchFaultTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task A_counted_status_fails_the_first_dispatches_of_the_same_inputs_only()
    {
        const string Model = "openai/gpt~status=429x2~retryafter=2";
        var first = await _bridge.RunAsync(Model);

        Assert.Equal(429, (int)first.Status);
        Assert.Equal("2", first.Headers["retry-after"]);
        Assert.Equal("rate_limit_exceeded", first.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(first.LogId);
        Assert.Equal(429, (int)(await _bridge.RunAsync(Model)).Status);
        Assert.Equal(429, (int)(await _bridge.RunAsync(Model, Bridge.Chat("something else"))).Status);
        Assert.Equal(200, (int)(await _bridge.RunAsync(Model)).Status);
        Assert.Equal(429, (int)(await _bridge.RunAsync(Model, Bridge.Chat("something else"))).Status);
    }

    [Fact]
    public async Task A_status_without_a_count_fails_every_time()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(500, (int)(await _bridge.RunAsync("openai/gpt~status=500")).Status);
        }
    }

    [Fact]
    public async Task Models_off_the_catalog_and_byok_models_are_cloudflare_errors()
    {
        var unknown = await _bridge.RunAsync("mistral/large");
        var slugless = await _bridge.RunAsync("gpt-5");
        var byok = await _bridge.RunAsync("openai/gpt~status=402");

        Assert.Equal((404, 7003), CloudflareCode(unknown));
        Assert.Equal((404, 7003), CloudflareCode(slugless));
        Assert.Equal((402, 2021), CloudflareCode(byok));
        Assert.False(unknown.Json.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task Gateway_errors_have_the_gateway_s_shape()
    {
        var unauthorized = await _bridge.RunAsync("openai/gpt~status=401");
        var missing = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { id = "missing" } });

        Assert.Equal(2009, unauthorized.Json.GetProperty("error")[0].GetProperty("code").GetInt32());
        Assert.Equal(400, (int)missing.Status);
        Assert.Equal(2001, missing.Json.GetProperty("error")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Provider_errors_have_the_provider_s_shape()
    {
        var anthropic = await _bridge.RunAsync("anthropic/claude~status=529");
        var workersAi = await _bridge.RunAsync("@cf/meta/llama~status=429");
        var google = await _bridge.RunAsync("openai/gpt~wire=google~status=503");

        Assert.Equal("overloaded_error", anthropic.Json.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal((429, 3040), CloudflareCode(workersAi));
        Assert.Equal(503, google.Json.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Contextlength_and_filter_are_bad_requests()
    {
        var length = await _bridge.RunAsync("openai/gpt~contextlength");
        var filter = await _bridge.RunAsync("openai/gpt~filter=x1");

        Assert.Equal(400, (int)length.Status);
        Assert.Equal("context_length_exceeded", length.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(400, (int)filter.Status);
        Assert.Equal("content_filter", filter.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/gpt~filter=x1")).Status);
    }

    [Fact]
    public async Task Prefill400_refuses_a_conversation_that_ends_with_the_assistant()
    {
        const string Model = "anthropic/claude~prefill400";

        var prefilled = await _bridge.RunAsync(Model, Bridge.Turns(("user", "hello"), ("assistant", "and")));
        var asked = await _bridge.RunAsync(Model, Bridge.Turns(("user", "hello"), ("assistant", "and"), ("user", "Please continue.")));

        Assert.Equal(400, (int)prefilled.Status);
        Assert.Contains("prefill", prefilled.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (int)asked.Status);
    }

    private static (int Status, int Code) CloudflareCode(Reply reply) =>
        ((int)reply.Status, reply.Json.GetProperty("errors")[0].GetProperty("code").GetInt32());
}
