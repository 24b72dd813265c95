using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(time: _time);

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task A_model_takes_its_number_in_a_window_and_tells_when_it_takes_the_next()
    {
        Assert.Equal(200, await AskAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1_500));
        Assert.Equal(200, await AskAsync());
        var refused = await _bridge.RunAsync("openai/gpt~limit=2~window=10000");
        Assert.Equal(429, (int)refused.Status);
        Assert.Equal("9", refused.Headers["retry-after"]);
        Assert.Equal("rate_limit_exceeded", refused.Json.GetProperty("error").GetProperty("code").GetString());

        _time.Advance(TimeSpan.FromMilliseconds(8_499));
        Assert.Equal(429, await AskAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, await AskAsync());
        Assert.Equal(429, await AskAsync());
    }

    [Fact]
    public async Task Another_model_has_its_own()
    {
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/a~limit=1")).Status);
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/b~limit=1")).Status);
        Assert.Equal(429, (int)(await _bridge.RunAsync("openai/a~limit=1~seed=7")).Status);
        await _bridge.CallAsync(HttpMethod.Post, "/emulator/reset");
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/a~limit=1")).Status);
    }

    private async Task<int> AskAsync() => (int)(await _bridge.RunAsync("openai/gpt~limit=2~window=10000")).Status;
}
