using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class BufferTtlTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(new() { DefaultRate = 0, DefaultEvents = 10 }, _time);

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task The_buffer_is_there_for_five_and_a_half_minutes_and_then_gone()
    {
        var run = await _bridge.RunAsync("openai/gpt");

        _time.Advance(TimeSpan.FromSeconds(330) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(run.Body, (await _bridge.ResumeAsync(run.RunId, 0)).Body);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        var gone = await _bridge.ResumeAsync(run.RunId, 0);
        Assert.Equal(404, (int)gone.Status);
        Assert.Equal("{\"error\":\"Request not found\"}", gone.Text);
        Assert.Equal(run.Body, await _bridge.TruthAsync(run.RunId));
    }

    [Fact]
    public async Task Its_time_runs_from_the_end_of_the_generation()
    {
        using var response = await _bridge.OpenAsync("openai/gpt~rate=0.01");
        var runId = response.Headers.GetValues("cf-aig-run-id").Single();
        var generation = TimeSpan.FromSeconds(13 * 100);

        _time.Advance(generation + TimeSpan.FromSeconds(329));
        Assert.Equal(14, (await _bridge.ResumeAsync(runId, 0)).Events.Count);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(404, (int)(await _bridge.ResumeAsync(runId, 0)).Status);
    }

    [Fact]
    public async Task Its_time_can_be_set()
    {
        await using var bridge = await Bridge.StartAsync(new() { BufferTtl = TimeSpan.FromSeconds(5), DefaultRate = 0 }, _time);
        var run = await bridge.RunAsync("openai/gpt");

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(404, (int)(await bridge.ResumeAsync(run.RunId, 0)).Status);
    }
}
