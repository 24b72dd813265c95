using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class ResumeTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("openai/gpt-5-mini~reasoning=2~tool")]
    [InlineData("anthropic/claude-haiku-4.5~reasoning=2~tool")]
    [InlineData("openai/gpt~crlf")]
    [InlineData("openai/gpt~comments=inside")]
    [InlineData("openai/gpt~comments=blank")]
    [InlineData("anthropic/claude~comments~error=6")]
    [InlineData("openai/gpt~big=5000~malformed=4~truncate=9")]
    public async Task From_every_index_the_rest_comes_byte_for_byte(string model)
    {
        var whole = await _bridge.RunAsync(model);
        Assert.Equal(whole.Body, await _bridge.TruthAsync(whole.RunId));
        var events = _bridge.OnlyRun().TotalEvents;
        Assert.Equal(events, whole.Events.Count);

        for (var from = 0; from <= events; from++)
        {
            var rest = await _bridge.ResumeAsync(whole.RunId, from);

            Assert.Equal(200, (int)rest.Status);
            Assert.Equal("text/event-stream", rest.Headers["content-type"]);
            Assert.Equal(events - from, rest.Events.Count);
            Assert.Equal(whole.Body[(whole.Body.Length - rest.Body.Length)..], rest.Body);
            Assert.Equal(
                whole.Events.Take(from).Concat(rest.Events).SelectMany(e => e.Raw), whole.Events.SelectMany(e => e.Raw));
        }
    }

    [Fact]
    public async Task At_and_past_the_end_it_is_empty_and_clean()
    {
        var run = await _bridge.RunAsync("openai/gpt");

        foreach (var from in (int[])[run.Events.Count, run.Events.Count + 1, int.MaxValue])
        {
            var reply = await _bridge.ResumeAsync(run.RunId, from);
            Assert.Equal(200, (int)reply.Status);
            Assert.Empty(reply.Body);
            Assert.False(reply.Broken);
        }
    }

    [Fact]
    public async Task An_unknown_run_is_not_found_and_a_malformed_id_is_an_error()
    {
        var unknown = await _bridge.ResumeAsync("01ARZ3NDEKTSV4RRFFQ69G5FAV", 0);
        var malformed = await _bridge.ResumeAsync("nonsense", 0);

        Assert.Equal(404, (int)unknown.Status);
        Assert.Equal("{\"error\":\"Request not found\"}", unknown.Text);
        Assert.Equal(500, (int)malformed.Status);
        Assert.Equal(2002, malformed.Json.GetProperty("error")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_run_belongs_to_its_gateway()
    {
        var run = await _bridge.RunAsync("openai/gpt", options: new { gateway = new { id = "mine" } });

        Assert.Equal(200, (int)(await _bridge.ResumeAsync(run.RunId, 0, "mine")).Status);
        Assert.Equal(404, (int)(await _bridge.ResumeAsync(run.RunId, 0, "default")).Status);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task From_is_an_index(string from)
    {
        var run = await _bridge.RunAsync("openai/gpt");

        var reply = await _bridge.CallAsync(HttpMethod.Get, $"/ai-gateway/gateways/default/run/{run.RunId}/resume?from={from}");

        Assert.Equal(400, (int)reply.Status);
    }

    [Fact]
    public async Task A_json_answer_has_no_run_to_resume()
    {
        var reply = await _bridge.RunAsync("openai/gpt~nonstream");

        Assert.Equal("application/json", reply.Headers["content-type"]);
        Assert.False(reply.Headers.ContainsKey("cf-aig-run-id"));
        Assert.Equal(404, (int)(await _bridge.ResumeAsync(_bridge.OnlyRun().RunId, 0)).Status);
    }
}
