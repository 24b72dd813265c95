using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class WorkersAiWireTests : IAsyncLifetime
{
    private const string Model = "@cf/meta/llama-3.1-8b-instruct";

    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact]
    public async Task Chunks_carry_a_response_and_padding_then_usage_then_the_marker()
    {
        var reply = await _bridge.RunAsync(Model + "~events=3");

        Assert.Equal(5, reply.Events.Count);
        Assert.All(reply.Events.Take(3), e => Assert.NotEmpty(e.Json.GetProperty("p").GetString()!));
        Assert.Equal("", reply.Events[3].Json.GetProperty("response").GetString());
        Assert.Equal(3, reply.Events[3].Json.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal("[DONE]", reply.Events[4].Data);
    }

    [Fact]
    public async Task A_workers_ai_run_has_no_run_id_and_can_not_be_resumed()
    {
        var reply = await _bridge.RunAsync(Model);

        Assert.False(reply.Headers.ContainsKey("cf-aig-run-id"));
        Assert.NotEmpty(reply.LogId);
        var run = _bridge.OnlyRun();
        Assert.False(run.Resumable);
        Assert.Equal(404, (int)(await _bridge.ResumeAsync(run.RunId, 0)).Status);
    }

    [Fact]
    public async Task Events_of_160_bytes_can_be_had()
    {
        var events = (await _bridge.RunAsync(Model + "~events=40~bytes=160")).Events;

        Assert.All(events.Take(40), e => Assert.Equal(160, e.Raw.Length));
    }

    [Fact]
    public async Task Without_stream_the_answer_is_one_response_with_the_same_text()
    {
        var streamed = (await _bridge.RunAsync(Model + "~reasoning~tool")).Events;
        var whole = (await _bridge.RunAsync(Model + "~reasoning~tool", Bridge.Chat(stream: false))).Json;

        Assert.Equal(Said.WorkersAi(streamed), whole.GetProperty("response").GetString());
        Assert.Equal(Said.WorkersAi(streamed, "reasoning_content"), whole.GetProperty("reasoning_content").GetString());
        Assert.Equal("lookup", whole.GetProperty("tool_calls")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task It_can_be_asked_for_chunks_of_another_wire()
    {
        var events = (await _bridge.RunAsync(Model + "~wire=openai~events=1")).Events;

        Assert.Equal("chat.completion.chunk", events[0].Json.GetProperty("object").GetString());
        Assert.Equal(Model, events[0].Json.GetProperty("model").GetString());
    }
}
