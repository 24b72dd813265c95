using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class SecretTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(new() { Secret = "open sesame", DefaultRate = 0 });

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("POST", "/run")]
    [InlineData("GET", "/ai-gateway/gateways/default/run/01ARZ3NDEKTSV4RRFFQ69G5FAV/resume?from=0")]
    [InlineData("POST", "/gateways/default/run")]
    [InlineData("GET", "/gateways/default/logs/x")]
    [InlineData("PATCH", "/gateways/default/logs/x")]
    [InlineData("GET", "/gateways/default/url")]
    [InlineData("POST", "/client/v4/accounts/acc/ai/run")]
    [InlineData("POST", "/client/v4/accounts/acc/ai/run/@cf/meta/llama")]
    [InlineData("POST", "/client/v4/accounts/acc/ai/v1/messages")]
    [InlineData("GET", "/client/v4/accounts/acc/ai-gateway/gateways/gw/logs/x")]
    [InlineData("PATCH", "/client/v4/accounts/acc/ai-gateway/gateways/gw/logs/x")]
    [InlineData("POST", "/v1/acc/gw")]
    [InlineData("POST", "/v1/acc/gw/openai/v1/chat/completions")]
    [InlineData("PUT", "/emulator/faults/openai/gpt")]
    [InlineData("DELETE", "/emulator/faults")]
    [InlineData("GET", "/emulator/counters")]
    [InlineData("POST", "/emulator/reset")]
    [InlineData("GET", "/emulator/runs/x/bytes")]
    public async Task Every_call_needs_the_secret(string method, string path)
    {
        var reply = await _bridge.CallAsync(new HttpMethod(method), path, new { });

        Assert.Equal(401, (int)reply.Status);
        Assert.Equal(2009, reply.Json.GetProperty("error")[0].GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("Bearer open sesame", 200)]
    [InlineData("bearer open sesame", 200)]
    [InlineData("Bearer open sesam", 401)]
    [InlineData("Bearer open sesame!", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic open sesame", 401)]
    public async Task Only_the_whole_secret_opens(string header, int status)
    {
        _bridge.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        Assert.Equal(status, (int)(await _bridge.RunAsync("openai/gpt")).Status);
    }
}
