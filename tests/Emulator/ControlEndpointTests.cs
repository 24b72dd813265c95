using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class ControlEndpointTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("/emulator/faults/openai/gpt")]
    [InlineData("/emulator/faults/openai%2Fgpt")]
    [InlineData("/emulator/faults/*")]
    public async Task Faults_put_on_a_model_apply_to_its_next_dispatches_so_many_times(string path)
    {
        Assert.Equal(204, (int)(await _bridge.CallAsync(HttpMethod.Put, path, new { status = 503, times = 2 })).Status);

        Assert.Equal(503, (int)(await _bridge.RunAsync("openai/gpt")).Status);
        Assert.Equal(503, (int)(await _bridge.RunAsync("openai/gpt~events=1", Bridge.Chat("other"))).Status);
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/gpt")).Status);
    }

    [Fact]
    public async Task The_name_as_sent_wins_over_its_slug_and_the_keys_in_it_over_both()
    {
        await _bridge.CallAsync(HttpMethod.Put, "/emulator/faults/openai/gpt", new { events = 2, nodone = true });
        await _bridge.CallAsync(HttpMethod.Put, "/emulator/faults/openai/gpt~seed=1", new { events = "3" });

        Assert.Equal(2 + 3, (await _bridge.RunAsync("openai/gpt")).Events.Count);
        Assert.Equal(3 + 4, (await _bridge.RunAsync("openai/gpt~seed=1")).Events.Count);
        Assert.Equal(5 + 3, (await _bridge.RunAsync("openai/gpt~events=5")).Events.Count);
    }

    [Fact]
    public async Task Faults_stay_until_they_are_deleted()
    {
        await _bridge.CallAsync(HttpMethod.Put, "/emulator/faults/openai/gpt", new { status = 500 });

        Assert.Equal(500, (int)(await _bridge.RunAsync("openai/gpt")).Status);
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/other")).Status);
        Assert.Equal(204, (int)(await _bridge.CallAsync(HttpMethod.Delete, "/emulator/faults")).Status);
        Assert.Equal(200, (int)(await _bridge.RunAsync("openai/gpt")).Status);
    }

    [Theory]
    [InlineData("{\"nope\":1}", "'nope'")]
    [InlineData("{\"events\":[1]}", "'events'")]
    [InlineData("{\"times\":0}", "'times'")]
    [InlineData("[]", "JSON object")]
    [InlineData("nothing", "JSON object")]
    public async Task A_document_that_makes_no_sense_is_refused_by_name(string body, string named)
    {
        using var response = await _bridge.Http.PutAsync("/emulator/faults/openai/gpt", new StringContent(body));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_forgets_runs_counts_faults_and_logs()
    {
        await _bridge.CallAsync(HttpMethod.Put, "/emulator/faults/openai/gpt", new { events = 1 });
        var run = await _bridge.RunAsync("openai/gpt");
        await _bridge.RunAsync("openai/gpt~status=500x1");

        Assert.Equal(204, (int)(await _bridge.CallAsync(HttpMethod.Post, "/emulator/reset")).Status);

        Assert.Equal(0, _bridge.Counters.Dispatches);
        Assert.Empty(_bridge.Counters.PerModel);
        Assert.Empty(_bridge.Counters.Runs);
        Assert.Equal(404, (int)(await _bridge.ResumeAsync(run.RunId, 0)).Status);
        Assert.Equal(404, (int)(await _bridge.CallAsync(HttpMethod.Get, $"/gateways/default/logs/{run.LogId}")).Status);
        Assert.Equal(14, (await _bridge.RunAsync("openai/gpt")).Events.Count);
        Assert.Equal(500, (int)(await _bridge.RunAsync("openai/gpt~status=500x1")).Status);
    }

    [Fact]
    public async Task The_bytes_of_an_unknown_run_are_not_found() =>
        Assert.Equal(404, (int)(await _bridge.CallAsync(HttpMethod.Get, "/emulator/runs/nothing/bytes")).Status);
}
