using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class WatchCommandTests
{
    private const string Escape = "\\u001b[2J\\u001b]0;owned\\u0007";

    [Fact]
    public async Task The_line_under_the_answer_tells_model_tokens_time_and_reattaches()
    {
        await using var service = await FinishedAsync(new EventScript().Text(1, "Hello").Event(2, "run.completed"));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("openai/gpt-5-mini · 127 tokens (7 in, 120 out) · 12.3 s · 1 re-attach\n", cli.Error);
    }

    [Fact]
    public async Task A_drop_is_mended_and_told_beside_the_text()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs/run_1/events",
            Answers.Events(new EventScript().Text(1, "Hel")),
            Answers.Events(new EventScript().Text(1, "Hel").Text(2, "lo").Event(3, "run.completed")));
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("watch", "run_1"));
        Assert.Equal("Hello", cli.Out);
        Assert.Contains("closed the stream before the run ended; trying again in", cli.Error, StringComparison.Ordinal);
        Assert.Contains("1 reconnect", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pipe_the_text_is_untouched()
    {
        await using var service = await FinishedAsync(new EventScript().Text(1, "a" + Escape).Text(2, "\\r\\n\\u202eb").Event(3, "run.completed"));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("a\u001b[2J\u001b]0;owned\u0007\r\n\u202eb", cli.Out);
    }

    [Theory]
    [InlineData(false, "👋")]
    [InlineData(true, "👋\n")]
    public async Task A_character_cut_in_two_is_written_whole(bool terminal, string written)
    {
        await using var service = await FinishedAsync(new EventScript().Text(1, "\\ud83d").Text(2, "\\udc4b").Event(3, "run.completed"));
        using var cli = new CliRun(service.Address) { Terminal = terminal }.With("TERM", "dumb");
        await cli.RunAsync("watch", "run_1");
        Assert.Equal(written, cli.Out);
    }

    [Fact]
    public async Task On_a_terminal_the_text_does_nothing_but_stand_there()
    {
        await using var service = await FinishedAsync(
            new EventScript().Event(1, "warning", $",\"message\":\"w{Escape}\"").Text(2, "a" + Escape).Text(3, "\\r\\n\\u202eb\\u009b").Event(4, "run.completed"));
        using var cli = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("a␛[2J␛]0;owned␇\n\uFFFDb\uFFFD\n", cli.Out);
        Assert.StartsWith("warning: w␛[2J␛]0;owned␇\n", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_event_is_a_line_as_the_service_sent_it()
    {
        await using var service = await FinishedAsync(
            new EventScript().Text(1, "\\u0041").Event(2, "attempt.paused", ",\"x\": {}").Event(3, "run.completed"));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("watch", "run_1", "--json"));
        Assert.Equal(
            """
            {"seq":1,"type":"output.delta","attempt":1,"text":"\u0041"}
            {"seq":2,"type":"attempt.paused","x": {}}
            {"seq":3,"type":"run.completed"}

            """,
            cli.Out);
        Assert.Equal("", cli.Error);
    }

    [Fact]
    public async Task A_restart_stands_between_the_texts_on_a_terminal()
    {
        await using var service = await FinishedAsync(Restarted());
        using var cli = new CliRun(service.Address) { Terminal = true }.With("TERM", "dumb");
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("old\n— restarted: resume-expired —\nnew\n", cli.Out);
    }

    [Fact]
    public async Task A_restart_without_a_reason_is_told_with_what_failed_before_it()
    {
        await using var service = await FinishedAsync(new EventScript()
            .Text(1, "old").Event(2, "attempt.failed", ",\"attempt\":1,\"error\":{\"code\":\"stream-truncated\"}").Event(3, "output.reset").Event(4, "run.completed"));
        using var cli = new CliRun(service.Address) { Terminal = true }.With("TERM", "dumb");
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("old\n— restarted: stream-truncated —\n", cli.Out);
    }

    [Fact]
    public async Task A_restart_is_told_beside_the_texts_in_a_pipe()
    {
        await using var service = await FinishedAsync(Restarted());
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("oldnew", cli.Out);
        Assert.StartsWith("— restarted: resume-expired — the text so far no longer counts", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_does_not_tear_a_line_apart_on_a_terminal()
    {
        await using var service = await FinishedAsync(new EventScript().Text(1, "half").Event(2, "warning", ",\"message\":\"w\"").Text(3, "half").Event(4, "run.completed"));
        using var cli = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        await cli.RunAsync("watch", "run_1");
        Assert.Equal("half\nhalf\n", cli.Out);
    }

    [Fact]
    public async Task Tool_calls_are_put_together_and_those_of_an_abandoned_attempt_forgotten()
    {
        static string Piece(string more) => $",\"attempt\":1,\"index\":0{more}";
        await using var service = await FinishedAsync(new EventScript()
            .Event(1, "tool_call.delta", Piece(",\"name\":\"old\",\"arguments\":\"{}\""))
            .Event(2, "output.reset", ",\"reason\":\"restart\"")
            .Event(3, "tool_call.delta", Piece(",\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\""))
            .Event(4, "tool_call.delta", Piece(",\"arguments\":\"\\\"Oslo\\\"}\""))
            .Event(5, "run.completed"));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("watch", "run_1");
        Assert.Contains("tool call: get_weather({\"city\":\"Oslo\"})\n", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("old", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_of_a_task_that_does_not_stream_comes_at_the_end()
    {
        await using var service = await FinishedAsync(new EventScript().Event(1, "output.result", ",\"contentType\":\"image/png\"").Event(2, "run.completed"));
        byte[] image = [0x89, 0x50, 0xFF, 0];
        service.On("GET /v1/runs/run_1/output", Answers.Content("image/png", image));
        using var pipe = new CliRun(service.Address);
        Assert.Equal(0, await pipe.RunAsync("watch", "run_1"));
        Assert.Equal(image, pipe.OutBytes);
        using var terminal = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        Assert.Equal(0, await terminal.RunAsync("watch", "run_1"));
        Assert.Equal("", terminal.Out);
        Assert.Contains("4 bytes of image/png: write them to a file", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_tells_every_attempt()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript()
            .Event(1, "attempt.failed", ",\"attempt\":1,\"error\":{\"code\":\"timeout\",\"message\":\"Silent.\"}")
            .Event(2, "run.failed", ",\"error\":{\"code\":\"billing\",\"message\":\"No credit.\"}")));
        service.On("GET /v1/runs/run_1", Answers.Json("""
            {"id":"run_1","status":"failed","model":"a/b","attempts":[
            {"attempt":1,"model":"a/b","error":{"code":"timeout","message":"Silent."}},
            {"attempt":2,"model":"c/d","error":{"code":"billing","message":"No credit."}}]}
            """));
        using var cli = new CliRun(service.Address);
        Assert.Equal(1, await cli.RunAsync("watch", "run_1"));
        Assert.Equal(
            """
            attempt 1 failed: timeout: Silent.
            failed: billing: No credit.
              attempt 1, a/b: timeout: Silent.
              attempt 2, c/d: billing: No credit.
            c/d

            """,
            cli.Error);
    }

    [Fact]
    public async Task Something_turns_on_a_terminal_until_there_is_text()
    {
        await using var service = await FakeService.StartAsync();
        var script = new EventScript().Event(1, "attempt.started", ",\"attempt\":1,\"model\":\"a/[b]\"").ThenSilent();
        service.On("GET /v1/runs/run_1/events", Answers.Events(script));
        using var cli = new CliRun(service.Address) { Terminal = true };
        var running = cli.RunAsync("watch", "run_1");
        await cli.ErrorContainsAsync("waiting for a/[b]");
        cli.Interrupt();
        Assert.Equal(130, await running);
        Assert.Equal("", cli.Out);
    }

    [Theory]
    [InlineData(false, "TERM", "xterm")]
    [InlineData(true, "NO_COLOR", "1")]
    [InlineData(true, "TERM", "dumb")]
    public async Task Nothing_turns_where_nobody_wants_it(bool terminal, string variable, string value)
    {
        await using var service = await FinishedAsync(new EventScript().Text(1, "Hello").Event(2, "run.completed"));
        using var cli = new CliRun(service.Address) { Terminal = terminal }.With(variable, value);
        await cli.RunAsync("watch", "run_1");
        Assert.DoesNotContain('\u001b', cli.Out + cli.Error);
        Assert.DoesNotContain("waiting", cli.Error, StringComparison.Ordinal);
    }

    private static EventScript Restarted() => new EventScript()
        .Text(1, "old").Event(2, "output.reset", ",\"attempt\":1,\"reason\":\"resume-expired\"").Text(3, "new").Event(4, "run.completed");

    private static async Task<FakeService> FinishedAsync(EventScript events) => (await FakeService.StartAsync())
        .On("GET /v1/runs/run_1/events", Answers.Events(events))
        .On("GET /v1/runs/run_1", Answers.Run("completed"));
}
