using System.Net;
using System.Text.Json;
using Orchestrator.Api.Tests.Auth;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Operating;

/// <summary>What is done to many runs at once.</summary>
public sealed class BulkTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Each_of_a_list_is_told_what_became_of_it()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.Add(Sample.Run(RunStatus.Completed) with { Id = Sample.OtherId });
        var body = $$"""{"ids":["{{Sample.Id}}","{{Sample.OtherId}}","run_01JCZ5T8M0ABCDEFGHJKMNPQRV","nonsense","{{Sample.Id}}"]}""";

        var deleted = await PostAsync(host, "delete", body);
        var cancelled = await PostAsync(host, "cancel", body);
        var after = await PostAsync(host, "delete", body);

        Assert.Equal("4 False: active deleted not-found not-found", deleted);
        Assert.Equal("4 False: cancelled not-found not-found not-found", cancelled);
        Assert.Equal("4 False: deleted not-found not-found not-found", after);
    }

    [Fact]
    public async Task A_filter_finds_what_can_be_acted_on()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnQuery = query => new RunPage(query.Statuses.Contains(RunStatus.Running) ? [Summary()] : [], null);

        var cancelled = await PostAsync(host, "cancel", """{"filter":{"model":"m","metadata":{"a":"b","n":1.50},"from":"2026-11-21T12:00:00Z","to":"2026-11-22T12:00:00Z","error":"x"}}""");
        var nothing = await PostAsync(host, "cancel", """{"filter":{"status":"completed"}}""");
        var deleted = await PostAsync(host, "delete", """{"filter":{"status":["failed","running"]}}""");

        Assert.Equal("1 False: cancelled", cancelled);
        Assert.Equal("0 False: ", nothing);
        Assert.Equal("0 False: ", deleted);
        Assert.Equal(2, host.Runs.Queries.Count);
        Assert.Equivalent(
            new RunQuery
            {
                Tenant = "",
                Statuses = [RunStatus.Queued, RunStatus.Running],
                Model = "m",
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b", ["n"] = "1.50" },
                From = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
                To = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
                Error = "x",
                Limit = 1000,
            },
            host.Runs.Queries.First(), strict: true);
        Assert.Equal([RunStatus.Failed], host.Runs.Queries.Last().Statuses);
    }

    [Fact]
    public async Task A_thousand_that_nothing_can_be_done_to_do_not_hide_the_one_behind_them()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        var gone = Summary() with { Id = Sample.OtherId };
        host.Runs.OnQuery = query => query.Before is null
            ? new RunPage([.. Enumerable.Repeat(gone, 1000)], Sample.OtherId)
            : new RunPage([Summary()], null);

        var answer = await AnswerAsync(host, "cancel", """{"filter":{}}""");

        Assert.Equal(1001, answer.GetProperty("matched").GetInt32());
        Assert.Equal("cancelled", answer.GetProperty("results")[1000].GetProperty("outcome").GetString());
        Assert.False(answer.GetProperty("more").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_call_ends_where_it_has_gone_on_for_long_and_the_next_goes_on_from_there()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnQuery = query =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(6));
            return query.Before is null
                ? new RunPage([Summary() with { Id = Sample.OtherId }], Sample.OtherId)
                : new RunPage([Summary()], Sample.Id);
        };

        var answer = await AnswerAsync(host, "cancel", """{"filter":{}}""");
        var next = answer.GetProperty("next").GetString();
        await AnswerAsync(host, "cancel", $$"""{"filter":{"model":"m"},"cursor":"{{next}}"}""");

        Assert.Equal(2, answer.GetProperty("matched").GetInt32());
        Assert.True(answer.GetProperty("more").GetBoolean());
        Assert.Equal([null, Sample.OtherId, Sample.Id, Sample.Id], host.Runs.Queries.Select(static query => query.Before));
    }

    [Fact]
    public async Task A_call_that_finds_nothing_it_can_do_ends_all_the_same()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.OnQuery = _ => new RunPage([.. Enumerable.Repeat(Summary(), 1000)], Sample.Id);

        var answer = await AnswerAsync(host, "cancel", """{"filter":{}}""");

        Assert.Equal(10_000, answer.GetProperty("matched").GetInt32());
        Assert.True(answer.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task A_dry_run_counts_all_pages_and_does_nothing()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnQuery = query => query.Before is null ? new RunPage([Summary(), Summary()], Sample.Id) : new RunPage([Summary()], null);

        Assert.Equal("3 False: ", await PostAsync(host, "cancel", """{"filter":{},"dryRun":true}"""));
        Assert.Equal("1 False: ", await PostAsync(host, "cancel", $$"""{"ids":["{{Sample.Id}}"],"dryRun":true}"""));
        Assert.Equal(RunStatus.Running, (await host.Runs.GetAsync("", Sample.Id, default))!.Status);
    }

    [Fact]
    public async Task One_that_fails_does_not_hide_the_others()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Failure = new JournalUnavailableException("full");

        var answer = await AnswerAsync(host, "delete", $$"""{"ids":["{{Sample.Id}}","x"]}""");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("results")[0].GetProperty("outcome").ValueKind);
        Assert.Contains("try again", answer.GetProperty("results")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("not-found", answer.GetProperty("results")[1].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Another_tenants_runs_do_not_exist()
    {
        await using var host = await ApiHost.StartAsync(AccessTests.Entry(0, "acme", "k", "operate"));
        host.Runs.Add(Sample.Run(RunStatus.Completed), "other");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/runs/delete") { Content = HttpExtensions.Json($$"""{"ids":["{{Sample.Id}}"]}""") };
        request.Headers.Authorization = new("Bearer", "k");

        using var response = await host.Http.SendAsync(request);

        Assert.Equal("not-found", (await response.ReadJsonAsync()).GetProperty("results")[0].GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("{}", "", "Give either ids, a list of runs, or filter; an empty filter, {}, means all runs.")]
    [InlineData("""{"ids":[],"filter":{}}""", "", "Give either ids, a list of runs, or filter; an empty filter, {}, means all runs.")]
    [InlineData("""{"ids":"x"}""", "/ids", "Give a list, not a text.")]
    [InlineData("""{"ids":["x",1]}""", "/ids/1", "Give ids of runs, not a number.")]
    [InlineData("""{"filter":{"status":[]}}""", "/filter/status", "The list is empty: leave it out for all.")]
    [InlineData("""{"filter":{"status":"done"}}""", "/filter/status", "Give one or a list of queued, running, completed, failed and cancelled.")]
    [InlineData("""{"filter":{"status":["failed","done"]}}""", "/filter/status/1", "Give one or a list of queued, running, completed, failed and cancelled.")]
    [InlineData("""{"filter":{},"cursor":"AZM1_Riga4jD1V7k4a9m2Q="}""", "/cursor", "This is no cursor: give the next of the answer before, as it was.")]
    [InlineData("""{"filter":{"tenant":"other"}}""", "/filter/tenant", "Runs are changed by callers of their own tenant only: leave it out.")]
    [InlineData("""{"filter":{"from":"yesterday"}}""", "/filter/from", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("""{"filter":{"limit":1}}""", "/filter/limit", "There is no such field here. There are: status, model, tenant, metadata, from, to, error.")]
    [InlineData("""{"filter":{},"cursor":"x"}""", "/cursor", "This is no cursor: give the next of the answer before, as it was.")]
    [InlineData("""{"ids":[],"cursor":"x"}""", "/cursor", "It goes on with a filter: leave it out where there is none.")]
    [InlineData("""{"ids":[],"dryRun":"yes"}""", "/dryRun", "Give true or false, not a text.")]
    public async Task What_can_not_be_meant_is_refused(string body, string pointer, string message)
    {
        using var response = await shared.Host.Http.PostJsonAsync("/v1/runs/delete", body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal([(pointer, message)], problem.Errors());
    }

    [Fact]
    public async Task More_than_a_thousand_at_a_time_are_refused()
    {
        using var response = await shared.Host.Http.PostJsonAsync("/v1/runs/cancel", $$"""{"ids":[{{string.Join(',', Enumerable.Repeat("\"x\"", 1001))}}]}""");

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    private static RunSummary Summary() => new() { Id = Sample.Id, Tenant = "", Status = RunStatus.Running, Model = "m", Task = "t", CreatedAt = 1 };

    private static async Task<JsonElement> AnswerAsync(ApiHost host, string act, string body)
    {
        using var response = await host.Http.PostJsonAsync("/v1/runs/" + act, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.ReadJsonAsync();
    }

    private static async Task<string> PostAsync(ApiHost host, string act, string body)
    {
        var answer = await AnswerAsync(host, act, body);
        var outcomes = answer.GetProperty("results").EnumerateArray().Select(static result => result.GetProperty("outcome").GetString());
        return $"{answer.GetProperty("matched")} {answer.GetProperty("more")}: {string.Join(' ', outcomes)}";
    }
}
