using System.Net.Sockets;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class ConnectionFaultTests : IAsyncLifetime
{
    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync();

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(777)]
    public async Task Drop_resets_the_first_connection_after_exactly_so_many_bytes(int at)
    {
        var first = await _bridge.RunAsync($"openai/gpt~drop={at}");
        var truth = await _bridge.TruthAsync(first.RunId);
        var second = await _bridge.ResumeAsync(first.RunId, first.Events.Count);

        Assert.True(first.Broken);
        Assert.Equal(truth[..at], first.Body);
        Assert.False(second.Broken);
        Assert.Equal(truth, first.Events.Concat(second.Events).SelectMany(e => e.Raw));
        Assert.Equal(1, _bridge.OnlyRun().Broken);
        Assert.Equal(2, _bridge.OnlyRun().Connections);
    }

    [Fact]
    public async Task Drop_times_two_strikes_the_first_resume_too()
    {
        var first = await _bridge.RunAsync("openai/gpt~drop=500x2");

        Assert.True(first.Broken);
        Assert.Equal(500, (await _bridge.ResumeAsync(first.RunId, 0)).Body.Length);
        Assert.False((await _bridge.ResumeAsync(first.RunId, 0)).Broken);
    }

    [Fact]
    public async Task Dropevery_lets_a_reader_through_in_steps()
    {
        var reply = await _bridge.RunAsync("openai/gpt~events=40~dropevery=1500");
        var truth = await _bridge.TruthAsync(reply.RunId);
        List<SseEvent> got = [.. reply.Events];
        var breaks = 1;
        while ((reply = await _bridge.ResumeAsync(_bridge.OnlyRun().RunId, got.Count)).Broken)
        {
            Assert.Equal(1500, reply.Body.Length);
            got.AddRange(reply.Events);
            breaks++;
        }

        got.AddRange(reply.Events);
        Assert.Equal(truth, got.SelectMany(e => e.Raw));
        Assert.Equal(breaks, _bridge.OnlyRun().Broken);
        Assert.True(breaks >= truth.Length / 1500);
    }

    [Fact]
    public async Task Stall_sends_so_many_events_and_then_nothing_with_the_connection_open()
    {
        using var response = await _bridge.OpenAsync("openai/gpt~stall=4");
        var runId = response.Headers.GetValues("cf-aig-run-id").Single();
        var truth = await _bridge.TruthAsync(runId);
        var four = SseEvent.Split(truth).Take(4).Sum(e => e.Raw.Length);
        await using var body = await response.Content.ReadAsStreamAsync();

        Assert.Equal(truth[..four], await Bridge.ReadAsync(body, four));
        var more = body.ReadAsync(new byte[1]).AsTask();
        Assert.Equal(truth[four..], (await _bridge.ResumeAsync(runId, 4)).Body);
        Assert.False(more.IsCompleted);
        Assert.Equal(four, _bridge.OnlyRun().Bytes - (truth.Length - four));
    }

    [Fact]
    public async Task A_reader_that_leaves_is_counted_and_the_run_goes_on_without_it()
    {
        string runId;
        using (var response = await _bridge.OpenAsync("openai/gpt~stall=4"))
        {
            runId = response.Headers.GetValues("cf-aig-run-id").Single();
        }

        var whole = await _bridge.ResumeAsync(runId, 0);
        Assert.Equal(await _bridge.TruthAsync(runId), whole.Body);
        await Until.TrueAsync(() => _bridge.OnlyRun().Aborted == 1, "the reader that left is counted");
        Assert.Equal(0, _bridge.OnlyRun().Broken);
    }

    [Fact]
    public async Task Cleanend_ends_as_if_all_was_sent()
    {
        var first = await _bridge.RunAsync("openai/gpt~cleanend=5");

        Assert.False(first.Broken);
        Assert.Equal(5, first.Events.Count);
        Assert.True((await _bridge.ResumeAsync(first.RunId, 5)).Events[^1].IsMarker);
    }

    [Fact]
    public async Task Cleanend_every_time_answers_the_resume_with_an_empty_clean_end()
    {
        var first = await _bridge.RunAsync("openai/gpt~cleanend=5x*");
        var second = await _bridge.ResumeAsync(first.RunId, 5);

        Assert.Equal(200, (int)second.Status);
        Assert.Empty(second.Body);
        Assert.False(second.Broken);
    }

    [Fact]
    public async Task Onebyte_writes_each_byte_as_a_packet_of_its_own()
    {
        var raw = await RawCall.RunAsync(_bridge.Host.Address, "openai/gpt~events=1~onebyte");

        var chunks = raw[(raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.StartsWith("1\r\nd\r\n1\r\na\r\n1\r\nt\r\n", chunks, StringComparison.Ordinal);
        Assert.EndsWith("\n\r\n0\r\n\r\n", chunks, StringComparison.Ordinal);
        Assert.Equal((_bridge.OnlyRun().Bytes * "1\r\nd\r\n".Length) + "0\r\n\r\n".Length, chunks.Length);
    }

    [Fact]
    public async Task Refuse_resets_the_connection_before_a_response()
    {
        var reset = await Assert.ThrowsAsync<SocketException>(() => RawCall.RunAsync(_bridge.Host.Address, "openai/gpt~refuse"));

        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        Assert.Equal(1, _bridge.Counters.Dispatches);
    }

    [Fact]
    public async Task A_host_that_is_gone_refuses_the_connection()
    {
        var host = await EmulatorHost.StartAsync();
        await host.DisposeAsync();

        var refused = await Assert.ThrowsAsync<SocketException>(() => RawCall.RunAsync(host.Address, "openai/gpt"));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Expired_answers_every_resume_as_a_buffer_that_is_gone()
    {
        var first = await _bridge.RunAsync("openai/gpt~drop=300~expired");

        for (var i = 0; i < 2; i++)
        {
            var reply = await _bridge.ResumeAsync(first.RunId, 1);
            Assert.Equal(404, (int)reply.Status);
            Assert.Equal("{\"error\":\"Request not found\"}", reply.Text);
        }
    }

    [Fact]
    public async Task Resumefail_fails_the_first_resumes_and_does_not_use_up_a_connection()
    {
        var first = await _bridge.RunAsync("openai/gpt~drop=300x2~resumefail=503x2~retryafter=3");

        for (var i = 0; i < 2; i++)
        {
            var failed = await _bridge.ResumeAsync(first.RunId, 0);
            Assert.Equal(503, (int)failed.Status);
            Assert.Equal("3", failed.Headers["retry-after"]);
        }

        Assert.True((await _bridge.ResumeAsync(first.RunId, 0)).Broken);
        Assert.False((await _bridge.ResumeAsync(first.RunId, 0)).Broken);
        Assert.Equal(4, _bridge.OnlyRun().Resumes);
        Assert.Equal(3, _bridge.OnlyRun().Connections);
    }

    [Fact]
    public async Task Resumefail_reset_breaks_the_connection()
    {
        var first = await _bridge.RunAsync("openai/gpt~resumefail=reset");

        await Assert.ThrowsAsync<HttpRequestException>(() => _bridge.ResumeAsync(first.RunId, 0));
        Assert.Equal(first.Body, (await _bridge.ResumeAsync(first.RunId, 0)).Body);
    }

    [Theory]
    [InlineData(-2, 4, 2)]
    [InlineData(-2, 1, 0)]
    [InlineData(3, 4, 7)]
    [InlineData(100, 4, 14)]
    public async Task Shift_replays_from_an_index_that_is_off(int by, int asked, int replayed)
    {
        var first = await _bridge.RunAsync($"openai/gpt~shift={by}");

        var second = await _bridge.ResumeAsync(first.RunId, asked);

        Assert.Equal(first.Events.Skip(replayed).Select(e => e.Data), second.Events.Select(e => e.Data), StringComparer.Ordinal);
    }
}
