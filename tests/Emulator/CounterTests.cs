using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class CounterTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Dispatches_and_resumes_are_counted_by_model_and_by_run()
    {
        var run = await _bridge.RunAsync("openai/gpt~drop=900");
        await _bridge.ResumeAsync(run.RunId, run.Events.Count);
        await _bridge.RunAsync("openai/gpt~status=500");
        await _bridge.ResumeAsync("nonsense", 0);

        var counters = _bridge.Counters;
        Assert.Equal(2, counters.Dispatches);
        Assert.Equal(2, counters.Resumes);
        Assert.Equal(new DispatchCounters(1, 1), counters.PerModel["openai/gpt~drop=900"]);
        Assert.Equal(new DispatchCounters(1, 0), counters.PerModel["openai/gpt~status=500"]);
        var only = Assert.Single(counters.Runs);
        var truth = await _bridge.TruthAsync(run.RunId);
        Assert.Equal(run.RunId, only.RunId);
        Assert.Equal(run.LogId, only.LogId);
        Assert.Equal(14, only.TotalEvents);
        Assert.Equal(14, only.Events);
        Assert.Equal(900 + truth.Length - run.Events.Sum(e => e.Raw.Length), only.Bytes);
        Assert.Equal((1, 1, 2, 0, 1), (only.Dispatches, only.Resumes, only.Connections, only.Aborted, only.Broken));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    public async Task Only_whole_events_count_as_sent(int beyondThreeEvents, int sent)
    {
        var three = (await _bridge.RunAsync("openai/gpt")).Events.Take(3).Sum(e => e.Raw.Length);

        await _bridge.RunAsync($"openai/gpt~drop={three + beyondThreeEvents}");

        Assert.Equal(sent, _bridge.Counters.Runs[1].Events);
    }

    [Fact]
    public async Task Dispatches_are_counted_by_the_caller_s_own_key()
    {
        var metadata = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { metadata = new { run = "r1", team = "a" } } });
        await _bridge.RunAsync("openai/gpt", options: new { extraHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-emulator-key"] = "r2" } });
        await _bridge.RunAsync("openai/gpt", options: new { gateway = new { metadata = new { run = "r1" } } });
        await _bridge.ResumeAsync(metadata.RunId, 0);

        Assert.Equal(new DispatchCounters(2, 1), _bridge.Counters.PerKey["r1"]);
        Assert.Equal(new DispatchCounters(1, 0), _bridge.Counters.PerKey["r2"]);
        Assert.Equal(2, _bridge.Counters.Runs.Count(r => r.Key == "r1"));
    }

    [Fact]
    public async Task The_endpoint_says_the_same_in_json()
    {
        var run = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { metadata = new { run = "r1" } } });

        var json = (await _bridge.CallAsync(HttpMethod.Get, "/emulator/counters")).Json;

        Assert.Equal(1, json.GetProperty("dispatches").GetInt32());
        Assert.Equal(1, json.GetProperty("perModel").GetProperty("openai/gpt").GetProperty("dispatches").GetInt32());
        Assert.Equal(1, json.GetProperty("perKey").GetProperty("r1").GetProperty("dispatches").GetInt32());
        Assert.Equal(run.RunId, json.GetProperty("runs")[0].GetProperty("runId").GetString());
        Assert.Equal(JsonValueKind.Number, json.GetProperty("runs")[0].GetProperty("aborted").ValueKind);
    }
}
