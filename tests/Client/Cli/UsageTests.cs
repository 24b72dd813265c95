using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "--help")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("submit", "submit takes a MODEL")]
    [InlineData("submit|m", "PROMPT")]
    [InlineData("submit|m|p|--input|f.json", "one of them")]
    [InlineData("submit|m|--wtach", "'--wtach' is no option")]
    [InlineData("submit|m|p|--on-stream-failure|explode", "accept-partial")]
    [InlineData("submit|m|p|--max-attempts|many", "orchestrator: --max-attempts takes a number, not 'many'")]
    [InlineData("submit|m|p|--metadata|team", "KEY=VALUE, not 'team'")]
    [InlineData("submit|m|p|--metadata|=a", "KEY=VALUE, not '=a'")]
    [InlineData("submit|m|--input|/no/such/file.json", "/no/such/file.json")]
    [InlineData("submit|m|-", "standard input is empty")]
    [InlineData("submit|m|--input|-", "is no JSON")]
    [InlineData("watch", "Required argument missing")]
    [InlineData("watch|--after", "'--after'")]
    [InlineData("watch|..", "'..' is no run id")]
    [InlineData("watch|run_1|--after|-1", "--after takes 0")]
    [InlineData("watch|run_1|--after|x", "orchestrator: --after takes a number, not 'x'")]
    [InlineData("get|--jsno", "'--jsno' is no run id")]
    [InlineData("list|--limit|0", "--limit takes a number from 1")]
    [InlineData("list|--limit|x", "orchestrator: --limit takes a number, not 'x'")]
    [InlineData("list|--status|done", "--status takes queued, running, completed, failed or cancelled, not 'done'")]
    [InlineData("list|--status|failed,done", "not 'done'")]
    [InlineData("list|--from|yesterday", "--from takes so long ago (30s, 15m, 2h, 7d) or a time such as 2026-11-25T15:00:00Z, not 'yesterday'")]
    [InlineData("list|--from|1h|--to|2h", "there is no time from 1h to 2h: --from is the earlier one")]
    [InlineData("list|--error|", "Required argument missing for option: '--error'")]
    [InlineData("cancel", "cancel takes IDs, or a filter such as --status running, or --all")]
    [InlineData("delete", "delete takes IDs, or a filter such as --status cancelled, or --all")]
    [InlineData("cancel|run_1|--all", "cancel takes IDs or a filter, not both")]
    [InlineData("delete|run_1|--status|failed", "delete takes IDs or a filter, not both")]
    [InlineData("cancel|--status|failed", "--status takes queued or running, not 'failed'")]
    [InlineData("delete|--status|running", "--status takes completed, failed or cancelled, not 'running'")]
    [InlineData("delete|run_1|--froce", "'--froce' is no run id")]
    [InlineData("rerun", "Required argument missing")]
    [InlineData("rerun|run_1|run_2|--watch", "rerun takes one ID with --watch or --idempotency-key")]
    [InlineData("rerun|run_1|run_2|--idempotency-key|k", "rerun takes one ID with --watch or --idempotency-key")]
    [InlineData("feedback|run_1", "good, bad, none")]
    [InlineData("feedback|run_1|splendid", "splendid")]
    [InlineData("get|run_1|--url|nowhere", "'nowhere' is no http or https URL")]
    [InlineData("get|run_1|--url|ftp://a", "'ftp://a' is no http or https URL")]
    public async Task A_wrong_command_line_is_2_and_says_what_is_wrong(string args, string message)
    {
        using var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync(args.Split('|', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(message, cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Required command", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePositionInLine", cli.Error, StringComparison.Ordinal);
        Assert.All(cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.StartsWith("orchestrator: ", line, StringComparison.Ordinal));
        Assert.Equal("", cli.Out);
    }

    [Fact]
    public async Task An_input_that_is_no_object_is_refused_before_it_is_sent()
    {
        using var cli = new CliRun { Input = "[1]" };
        Assert.Equal(2, await cli.RunAsync("submit", "m", "--input", "-"));
        Assert.Contains("must be a JSON object", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("submit|--help")]
    [InlineData("--version")]
    public async Task Help_is_output_not_an_error(string args)
    {
        using var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync(args.Split('|')));
        Assert.NotEmpty(cli.Out);
        Assert.Empty(cli.Error);
    }

    [Fact]
    public async Task Help_documents_the_exit_codes()
    {
        using var cli = new CliRun();
        await cli.RunAsync("--help");
        foreach (var code in (string[])["0 completed", "1 the run failed", "2 usage", "3 incomplete", "4 cancelled", "5 not found", "6 unauthorised", "7 service unreachable", "130 interrupted"])
        {
            Assert.Contains(code, cli.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_address_and_the_key_come_from_options_before_the_environment()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("running"));
        using var byOption = new CliRun(new Uri("http://127.0.0.1:1")).With("ORCHESTRATOR_API_KEY", "old");
        Assert.Equal(0, await byOption.RunAsync("get", "run_1", "--url", service.Address.OriginalString, "--key", "new"));
        using var byEnvironment = new CliRun(service.Address).With("ORCHESTRATOR_API_KEY", "old");
        Assert.Equal(0, await byEnvironment.RunAsync("get", "run_1"));
        Assert.Equal(["Bearer new", "Bearer old"], service.Requests.Select(request => request.Header("Authorization")!).ToArray());
    }
}
