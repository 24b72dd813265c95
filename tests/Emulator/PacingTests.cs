using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class PacingTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(new() { DefaultRate = 10, DefaultEvents = 10 }, _time);

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Events_come_at_their_rate_after_the_first_delay()
    {
        using var response = await _bridge.OpenAsync("openai/gpt~first=500");
        await using var body = await response.Content.ReadAsStreamAsync();
        var events = SseEvent.Split(await _bridge.TruthAsync(_bridge.OnlyRun().RunId));
        Assert.Equal(0, _bridge.OnlyRun().Events);

        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, _bridge.OnlyRun().Events);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(events[0].Raw, await Bridge.ReadAsync(body, events[0].Raw.Length));

        _time.Advance(TimeSpan.FromMilliseconds(200));
        var two = events[1].Raw.Concat(events[2].Raw).ToArray();
        Assert.Equal(two, await Bridge.ReadAsync(body, two.Length));
        Assert.Equal(3, _bridge.OnlyRun().Events);

        _time.Advance(TimeSpan.FromSeconds(10));
        var rest = events.Skip(3).SelectMany(e => e.Raw).ToArray();
        Assert.Equal(rest, await Bridge.ReadAsync(body, rest.Length));
        Assert.Equal(0, await body.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_generation_goes_on_without_a_reader_and_a_resume_follows_it_live()
    {
        string runId;
        using (var response = await _bridge.OpenAsync("openai/gpt"))
        {
            runId = response.Headers.GetValues("cf-aig-run-id").Single();
        }

        var events = SseEvent.Split(await _bridge.TruthAsync(runId));
        _time.Advance(TimeSpan.FromMilliseconds(550));
        using var resumed = await _bridge.Http.GetAsync(
            $"/ai-gateway/gateways/default/run/{runId}/resume?from=2", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await resumed.Content.ReadAsStreamAsync();

        var made = events.Skip(2).Take(4).SelectMany(e => e.Raw).ToArray();
        Assert.Equal(made, await Bridge.ReadAsync(body, made.Length));
        var next = Bridge.ReadAsync(body, events[6].Raw.Length);
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(events[6].Raw, await next);
    }

    [Fact]
    public async Task A_json_answer_comes_when_the_generation_ends()
    {
        var asked = _bridge.RunAsync("openai/gpt", Bridge.Chat(stream: false));
        await Until.TrueAsync(() => _bridge.Counters.Runs.Count == 1, "the dispatch arrived");

        _time.Advance(TimeSpan.FromMilliseconds(1200));
        Assert.Equal(0, _bridge.OnlyRun().Bytes);
        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal("chat.completion", (await asked).Json.GetProperty("object").GetString());
    }

    [Fact]
    public async Task Hold_keeps_even_the_headers_back()
    {
        var opening = _bridge.OpenAsync("openai/gpt~hold=2000~rate=0");
        await Until.TrueAsync(() => _bridge.Counters.Runs.Count == 1, "the dispatch arrived");

        _time.Advance(TimeSpan.FromMilliseconds(1990));
        Assert.Equal(0, _bridge.OnlyRun().Connections);
        _time.Advance(TimeSpan.FromMilliseconds(20));

        using var response = await opening;
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(1000.0 / 3)]
    [InlineData(0.7)]
    [InlineData(50)]
    [InlineData(1e6)]
    public void An_event_is_available_exactly_when_it_is_due(double rate)
    {
        RunClock clock = new(_time, 5000, 17, rate);

        for (var i = 0; i < 5000; i++)
        {
            var due = clock.DueAt(i);
            Assert.True(clock.Available(due) > i);
            Assert.True(clock.Available(due - 2) <= i);
        }
    }
}
