using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.OpenApi;
using Orchestrator.Api.Tests.WithEngine;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Tests.Journal;

/// <summary>A run's entries, to be looked at.</summary>
public sealed class JournalTests
{
    private static readonly string Path = $"/v1/runs/{Sample.Id}/journal";

    [Fact]
    public async Task Every_kind_of_entry_says_what_it_is()
    {
        await using var host = await StartAsync();

        var page = await GetAsync(host, Path);

        Assert.Equal(
            """
            run.submitted: openai/gpt-5-mini, text-generation
            attempt.started: leg 0, openai/gpt-5-mini by run
            attempt.attached: resumable, gateway run gw1
            upstream.event: data: {"text":"Grüße"}
            attempt.detached: at event 1: stream-truncated gone
            attempt.reattached: at event 1, after 340 ms
            attempt.result: image/png, 4 bytes
            attempt.failed: rate-limit: slow down
            run.ended: failed, rate-limit
            """.ReplaceLineEndings("\n"),
            string.Join('\n', page.GetProperty("entries").EnumerateArray().Select(static entry => $"{entry.GetProperty("kind")}: {entry.GetProperty("summary")}")));
        Assert.Equal("9 ", $"{page.GetProperty("total")} {page.GetProperty("next")}");
        Assert.Equal(
            """{"attempt":1,"text":"data: {\"text\":\"Grüße\"}\n\n"}""", page.GetProperty("entries")[3].GetProperty("data").GetRawText());
        Assert.Equal(340, page.GetProperty("entries")[5].GetProperty("data").GetProperty("gapMs").GetInt32());
        using var document = await host.Http.GetAsync("/openapi/v1.json");
        Assert.Empty(SchemaCheck.Differences(await document.ReadJsonAsync(), JournalOperations.Schema, page));
    }

    [Fact]
    public async Task It_is_read_page_by_page()
    {
        await using var host = await StartAsync();
        var numbers = new List<long>();
        for (long? from = 1; from is not null;)
        {
            var page = await GetAsync(host, $"{Path}?from={from}&limit=4");
            numbers.AddRange(page.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("number").GetInt64()));
            Assert.Equal(9, page.GetProperty("total").GetInt64());
            from = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetInt64();
        }

        Assert.Equal(Enumerable.Range(1, 9).Select(static number => (long)number), numbers);
    }

    [Theory]
    [InlineData("grÜSSe", "")]
    [InlineData("GRÜßE", "4")]
    [InlineData("attempt.detached", "5")]
    [InlineData("Rate-Limit", "8 9")]
    [InlineData("\"hi\"", "1")]
    [InlineData("c2VhbGVk", "")]
    [InlineData("x-secret", "1")]
    public async Task It_is_searched_by_text(string text, string numbers)
    {
        await using var host = await StartAsync();

        var page = await GetAsync(host, $"{Path}?q={Uri.EscapeDataString(text)}");

        Assert.Equal(numbers, string.Join(' ', page.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("number").GetInt64())));
        Assert.Equal(page.GetProperty("entries").GetArrayLength(), page.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task A_search_goes_on_where_its_page_ended()
    {
        await using var host = await StartAsync();

        var first = await GetAsync(host, $"{Path}?q=rate-limit&limit=1");

        Assert.Equal("2 9", $"{first.GetProperty("total")} {first.GetProperty("next")}");
    }

    [Fact]
    public async Task What_is_sealed_stays_so()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        using var submitted = await host.Http.SubmitAsync(Sample.Body("\"extraHeaders\":{\"x-secret\":\"s3cret\"}"));
        var id = (await submitted.ReadJsonAsync()).GetProperty("id").GetString();

        var page = await GetAsync(host, $"/v1/runs/{id}/journal");
        var found = await GetAsync(host, $"/v1/runs/{id}/journal?q=s3cret");

        var data = page.GetProperty("entries")[0].GetProperty("data");
        Assert.Equal("[sealed]", data.GetProperty("sealed").GetString());
        Assert.Equal("""{"x-secret":null}""", data.GetProperty("spec").GetProperty("extraHeaders").GetRawText());
        Assert.DoesNotContain("s3cret", page.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, found.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Long_texts_are_cut_between_characters()
    {
        await using var host = await StartAsync();
        host.Runs.Journal = [Batch(static entries => Add(entries, "x" + string.Concat(Enumerable.Repeat("💥", 20_000))))];

        var entry = (await GetAsync(host, Path)).GetProperty("entries")[0];

        var data = entry.GetProperty("data");
        Assert.True(data.GetProperty("cut").GetBoolean());
        Assert.EndsWith("💥", data.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("💥…", entry.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=501", "limit")]
    [InlineData("?from=x", "from")]
    [InlineData("?q=", "q")]
    [InlineData("?q=a&q=b", "q")]
    [InlineData("?text=a", "text")]
    public async Task What_can_not_be_followed_is_refused(string query, string where)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(Path + query);

        Assert.Equal(where, (await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.Journal = [Batch(AddAll)];
        return host;
    }

    private static async Task<JsonElement> GetAsync(ApiHost host, string path)
    {
        using var response = await host.Http.GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.ReadJsonAsync();
    }

    private static EntryBatch Batch(Action<EntryBatchBuilder> add)
    {
        var builder = new EntryBatchBuilder();
        add(builder);
        return builder.Build(1);
    }

    private static void Add(EntryBatchBuilder entries, string text) =>
        entries.AddUpstreamEvent(4, 1, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)));

    private static void AddAll(EntryBatchBuilder entries)
    {
        var error = new RunError { Code = "rate-limit", Message = "slow\ndown", Recoverable = true };
        entries.Add(1, new RunSubmitted
        {
            Spec = new RunSpec { Model = Sample.Model, ExtraHeaders = ["x-secret"] },
            Tenant = "",
            Inputs = new RunInputs(Encoding.UTF8.GetBytes(Sample.Input), RunInputs.None),
            Sealed = "sealed"u8.ToArray(),
        });
        entries.Add(2, new AttemptStarted { Attempt = 1, Leg = 0, Model = Sample.Model, Transport = "run", DispatchId = "d" });
        entries.Add(3, new AttemptAttached { Attempt = 1, GatewayRunId = "gw1", Wire = WireFormat.OpenAi, Resumable = true });
        Add(entries, "data: {\"text\":\"Grüße\"}\n\n");
        entries.Add(5, new AttemptDetached { Attempt = 1, Offset = 1, Reason = "stream-truncated", Message = "gone" });
        entries.Add(6, new AttemptReattached { Attempt = 1, Offset = 1, GapMs = 340 });
        entries.Add(7, new AttemptResult { Attempt = 1, ContentType = "image/png", Body = new byte[4] });
        entries.Add(8, new AttemptFailed { Attempt = 1, Error = error });
        entries.Add(9, new RunEnded { Status = RunStatus.Failed, Error = error });
    }
}
