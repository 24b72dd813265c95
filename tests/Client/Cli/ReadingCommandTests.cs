using Orchestrator.Client.Tests.Kit;

namespace Orchestrator.Client.Tests.Cli;

public sealed class ReadingCommandTests
{
    private static readonly string Incomplete = RunJson.Summary("completed", ",\"incomplete\":true").Replace("run_1", "run_2", StringComparison.Ordinal);

    [Fact]
    public async Task In_a_pipe_a_list_is_fields_between_tabs()
    {
        await using var service = await ListableAsync();
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("list"));
        Assert.Equal(
            "run_1\trunning\topenai/gpt-5-mini\t2026-11-21T10:00:00.000Z\t\t127\t\t\n"
            + "run_2\tcompleted\topenai/gpt-5-mini\t2026-11-21T10:00:00.000Z\t2026-11-21T10:00:12.300Z\t127\tincomplete\t\n",
            cli.Out);
        Assert.Equal("?limit=20", Assert.Single(service.Requests).Query);
    }

    [Fact]
    public async Task A_field_can_not_break_out_of_its_row()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[{"id":"run_1","status":"queued","model":"a\tb\nc","error":{"code":"billing","message":"No\ncredit."}}],"next":null}"""));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("list");
        Assert.Equal("run_1\tqueued\ta b c\t\t\t\t\tbilling: No credit.\n", cli.Out);
    }

    [Fact]
    public async Task On_a_terminal_a_list_is_a_table()
    {
        await using var service = await ListableAsync();
        using var cli = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        Assert.Equal(0, await cli.RunAsync("list"));
        Assert.Contains("status", cli.Out, StringComparison.Ordinal);
        Assert.Contains("completed, incomplete", cli.Out, StringComparison.Ordinal);
        Assert.Contains("2 h ago", cli.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', cli.Out);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(100)]
    [InlineData(60)]
    [InlineData(40)]
    public async Task On_a_terminal_an_id_and_how_it_ended_are_whole_however_narrow_it_is(int width)
    {
        const string Id = "run_01M8BDP1Y1XX598V3G68Z4K57Q";
        const string Model = "workers-ai/@cf/meta/llama-3.3-70b-instruct-fp8-fast-of-a-very-long-name";
        await using var service = await FakeService.StartAsync();
        var run = RunJson.Summary("failed", $",\"model\":\"{Model}\",\"error\":{{\"code\":\"billing\",\"message\":\"m\"}}").Replace("run_1", Id, StringComparison.Ordinal);
        service.On("GET /v1/runs", Answers.Json($$"""{"runs":[{{run}},{{run}}],"next":null}"""));
        using var cli = new CliRun(service.Address) { Terminal = true, Width = width }.With("NO_COLOR", "1");
        Assert.Equal(0, await cli.RunAsync("list"));
        var lines = cli.Out.Split('\n');
        Assert.Equal(2, lines.Count(static line => line.Contains(Id, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length}: {line}"));
        Assert.Equal(2, lines.Count(static line => line.Contains("failed:", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(static line => line.Contains("billing", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(static line => line.Contains("workers-ai/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do_on_a_terminal_and_nothing_in_a_pipe()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[],"next":null}"""));
        using var pipe = new CliRun(service.Address);
        await pipe.RunAsync("list");
        Assert.Equal(("", ""), (pipe.Out, pipe.Error));
        using var terminal = new CliRun(service.Address) { Terminal = true };
        await terminal.RunAsync("list");
        Assert.Contains("submit one with", terminal.Error, StringComparison.Ordinal);
        using var filtered = new CliRun(service.Address) { Terminal = true };
        await filtered.RunAsync("list", "--status", "failed");
        Assert.Equal("no such runs\n", filtered.Error);
    }

    [Fact]
    public async Task Filters_reach_the_service_and_the_limit_counts_across_pages()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json($$"""{"runs":[{{RunJson.Summary("failed")}},{{RunJson.Summary("failed")}}],"next":"p2"}"""));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("list", "--status", "failed", "--model", "a/b", "--metadata", "k=v", "--limit", "3", "--json");
        Assert.Equal(3, cli.Out.Count(c => c == '\n'));
        Assert.Equal("?status=failed&model=a%2Fb&metadata.k=v&limit=3", service.Requests[0].Query);
        Assert.Equal("?status=failed&model=a%2Fb&metadata.k=v&limit=3&cursor=p2", service.Requests[1].Query);
        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData("15m", "2026-11-21T11%3A45%3A00Z")]
    [InlineData("2h", "2026-11-21T10%3A00%3A00Z")]
    [InlineData("7d", "2026-11-14T12%3A00%3A00Z")]
    [InlineData("90s", "2026-11-21T11%3A58%3A30Z")]
    [InlineData("2026-11-20", "2026-11-20T00%3A00%3A00Z")]
    [InlineData("2026-11-20 08:30", "2026-11-20T08%3A30%3A00Z")]
    [InlineData("2026-11-20T10:30:00+02:00", "2026-11-20T08%3A30%3A00Z")]
    [InlineData("2026-11-20T08:30:00.125z", "2026-11-20T08%3A30%3A00.125Z")]
    public async Task Times_are_so_long_ago_or_as_they_are_written(string time, string sent)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs", Answers.Json("""{"runs":[],"next":null}"""));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("list", "--from", time, "--status", "failed,cancelled", "--status", "failed", "--error", "a b"));
        Assert.Equal($"?status=failed%2Ccancelled&from={sent}&error=a%20b&limit=20", Assert.Single(service.Requests).Query);
    }

    [Fact]
    public async Task All_is_all()
    {
        await using var service = await FakeService.StartAsync();
        service.On(
            "GET /v1/runs",
            Answers.Json($$"""{"runs":[{{string.Join(',', Enumerable.Repeat(RunJson.Summary("failed"), 30))}}],"next":"p2"}"""),
            Answers.Json($$"""{"runs":[{{RunJson.Summary("failed")}}],"next":null}"""));
        using var cli = new CliRun(service.Address);
        await cli.RunAsync("list", "--all");
        Assert.Equal(31, cli.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_run_is_told_whatever_its_status_is()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("failed", ",\"error\":{\"code\":\"billing\",\"message\":\"No credit.\"}"));
        using var pipe = new CliRun(service.Address);
        Assert.Equal(0, await pipe.RunAsync("get", "run_1"));
        Assert.StartsWith("id\trun_1\nstatus\tfailed\nerror\tbilling: No credit.\nmodel\topenai/gpt-5-mini\n", pipe.Out, StringComparison.Ordinal);
        Assert.Contains("metadata.team\ta\n", pipe.Out, StringComparison.Ordinal);
        Assert.EndsWith("attempt\t1\topenai/gpt-5-mini\trun\t120\t1\t\n", pipe.Out, StringComparison.Ordinal);
        using var terminal = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        Assert.Equal(0, await terminal.RunAsync("get", "run_1"));
        Assert.Contains("billing: No credit.", terminal.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"run_1","status":"queued","incompleteReason":null,"createdAt":"2026-11-21T10:00:00Z","new":[1, 2],"s":"\u00fc"}""")]
    public async Task With_json_a_run_is_as_the_service_sent_it(string sent)
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Json(sent)).On("POST /v1/runs/run_1/cancel", Answers.Json(sent));
        service.On("GET /v1/runs", Answers.Json($$"""{"runs":[{{sent}}],"next":null}""")).On("POST /v1/runs", Answers.Json(sent, 202));
        foreach (var command in (string[])["get run_1", "cancel run_1", "list", "submit m p"])
        {
            using var cli = new CliRun(service.Address);
            Assert.Equal(0, await cli.RunAsync([.. command.Split(' '), "--json"]));
            Assert.Equal(sent + "\n", cli.Out);
        }
    }

    [Fact]
    public async Task What_a_run_says_can_not_steer_a_terminal()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Json("""{"id":"run_1","status":"failed","model":"[red]\u001b[31m","error":{"message":"a\u001b[2Jb"}}"""));
        using var cli = new CliRun(service.Address) { Terminal = true }.With("NO_COLOR", "1");
        await cli.RunAsync("get", "run_1");
        Assert.DoesNotContain('\u001b', cli.Out);
        Assert.Contains("[red]␛[31m", cli.Out, StringComparison.Ordinal);
        using var json = new CliRun(service.Address) { Terminal = true };
        await json.RunAsync("get", "run_1", "--json");
        Assert.DoesNotContain('\u001b', json.Out);
    }

    [Fact]
    public async Task Bytes_go_into_a_pipe_as_they_are_and_not_onto_a_terminal()
    {
        await using var service = await FakeService.StartAsync();
        byte[] speech = [0xFF, 0xFB, 0, 0x1B];
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        service.On("GET /v1/runs/run_1/output", Answers.Content("audio/mpeg", speech));
        using var pipe = new CliRun(service.Address);
        Assert.Equal(0, await pipe.RunAsync("output", "run_1"));
        Assert.Equal(speech, pipe.OutBytes);
        using var terminal = new CliRun(service.Address) { Terminal = true };
        await terminal.RunAsync("output", "run_1");
        Assert.Equal("", terminal.Out);
        Assert.Contains("orchestrator output run_1 -o FILE", terminal.Error, StringComparison.Ordinal);
        using var json = new CliRun(service.Address);
        await json.RunAsync("output", "run_1", "--json");
        Assert.Equal("{\"id\":\"run_1\",\"status\":\"completed\",\"contentType\":\"audio/mpeg\",\"base64\":\"//sAGw==\"}\n", json.Out);
    }

    [Fact]
    public async Task One_of_several_images_is_had_by_its_number()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        service.On("GET /v1/runs/run_1/output", Answers.Content("image/png", [1, 2]));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("output", "run_1", "--part", "1"));
        Assert.Equal([1, 2], cli.OutBytes);
        Assert.Equal("?part=1", service.Requests[^1].Query);
    }

    [Fact]
    public async Task Bytes_go_into_a_file_whole_or_not_at_all()
    {
        await using var service = await FakeService.StartAsync();
        byte[] speech = [0xFF, 0xFB, 0, 0x1B];
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        service.On("GET /v1/runs/run_1/output", Answers.Content("audio/mpeg", speech));
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "speech.mp3");
            await File.WriteAllTextAsync(file, "an older and longer one");
            using var cli = new CliRun(service.Address);
            Assert.Equal(0, await cli.RunAsync("output", "run_1", "-o", file));
            Assert.Equal(speech, await File.ReadAllBytesAsync(file));
            Assert.Equal("speech.mp3", Path.GetFileName(Assert.Single(Directory.GetFiles(folder.FullName))));
            Assert.Empty(cli.OutBytes);
            Assert.Equal($"4 bytes of audio/mpeg in {file}\n", cli.Error);

            using var nowhere = new CliRun(service.Address);
            Assert.Equal(2, await nowhere.RunAsync("output", "run_1", "-o", Path.Combine(folder.FullName, "no", "speech.mp3")));
            Assert.Contains("can not be written", nowhere.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Text_on_a_terminal_is_made_harmless_and_ends_its_line()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("completed"));
        service.On("GET /v1/runs/run_1/output", Answers.Content("text/plain; charset=utf-8", "Grüße\u001b[2J"u8.ToArray()));
        using var terminal = new CliRun(service.Address) { Terminal = true };
        await terminal.RunAsync("output", "run_1");
        Assert.Equal("Grüße␛[2J\n", terminal.Out);
        using var json = new CliRun(service.Address);
        await json.RunAsync("output", "run_1", "--json");
        Assert.Contains("\"text\":\"Grüße\\u001B[2J\"", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_can_be_waited_for()
    {
        await using var service = await FakeService.StartAsync();
        service.On("GET /v1/runs/run_1", Answers.Run("running"), Answers.Run("running"), Answers.Run("completed"));
        service.On("GET /v1/runs/run_1/events", Answers.Events(new EventScript().Event(4, "run.completed")));
        service.On("GET /v1/runs/run_1/output", Answers.Content("text/plain", "done"u8.ToArray()));
        using var cli = new CliRun(service.Address);
        Assert.Equal(0, await cli.RunAsync("output", "run_1", "--wait"));
        Assert.Equal("done", cli.Out);
    }

    private static async Task<FakeService> ListableAsync() => (await FakeService.StartAsync())
        .On("GET /v1/runs", Answers.Json($$"""{"runs":[{{RunJson.Summary("running")}},{{Incomplete}}],"next":null}"""));
}
