using System.Globalization;
using System.Net;
using Orchestrator.Api.Runs;
using Orchestrator.Api.Tests.Auth;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Runs;

public sealed class RunListTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_page_has_summaries_and_the_cursor_of_the_next()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.OnList = () => new RunPage([Summary() with { MetadataJson = """{"n": 1.50}""", ErrorCode = "rate-limit", ErrorMessage = "slow", TotalTokens = 9,
            Cost = new RunCost { Amount = 0.00125m, Wasted = 0.00025m, AsOf = new DateOnly(2026, 11, 1) }, Seq = 12, Attempts = 2, Reattaches = 1, Fallbacks = 0, Leg = 0, TraceId = "0af7651916cd43dd8448eb211c80319c" }, Summary()], Sample.Id);

        using var response = await host.Http.GetAsync("/v1/runs");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.ReadJsonAsync();
        var runs = page.GetProperty("runs");
        Assert.Equal(
            """{"id":"run_01JCZ5T8M0ABCDEFGHJKMNPQRS","status":"failed","model":"openai/gpt-5-mini","task":"text-generation","tenant":"","metadata":{"n": 1.50},"createdAt":"2026-11-21T12:00:00.25Z","startedAt":null,"endedAt":"2026-11-21T12:00:00.25Z","incomplete":false,"incompleteReason":null,"finishReason":null,"usage":{"inputTokens":null,"outputTokens":null,"totalTokens":9},"error":{"code":"rate-limit","message":"slow"},"cost":{"amount":0.00125,"currency":"USD","asOf":"2026-11-01","wasted":0.00025,"complete":true},"seq":12,"attempts":2,"reattaches":1,"fallbacks":0,"leg":0,"phase":"ended","traceId":"0af7651916cd43dd8448eb211c80319c"}""",
            runs[0].GetRawText());
        Assert.Equal("null null {}", $"{runs[1].GetProperty("usage").GetRawText()} {runs[1].GetProperty("error").GetRawText()} {runs[1].GetProperty("metadata").GetRawText()}");
        Assert.True(ListCursor.TryParse(page.GetProperty("next").GetString()!, out var next));
        Assert.Equal(Sample.Id, next);
    }

    [Fact]
    public async Task The_last_page_has_no_cursor_and_an_empty_list_is_a_list()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal("""{"runs":[],"next":null}""", await host.Http.GetStringAsync("/v1/runs"));
    }

    [Fact]
    public async Task Without_conditions_all_runs_of_the_tenant_are_asked_for()
    {
        Assert.Equivalent(new RunQuery { Tenant = "", Limit = 50 }, await QueryAsync(""), strict: true);
    }

    [Fact]
    public async Task Every_condition_arrives()
    {
        var query = await QueryAsync($"?status=running,failed&status=queued&status=failed&model=openai%2Fa&metadata.conversation=c1&metadata%5Ba.b%5D=&metadata.x+y=1%202&metadata.A.B=c&from=2026-11-21T12:00:00%2B01:00&to=2026-11-21T12:00:00.5Z&error=Rate%20lim&tenant=acme&limit=200&cursor={ListCursor.Of(Sample.OtherId)}");

        Assert.Equal([RunStatus.Running, RunStatus.Failed, RunStatus.Queued], query.Statuses);
        Assert.Equal("openai/a", query.Model);
        Assert.Equal("A.B=c a.b= conversation=c1 x y=1 2", string.Join(' ', query.Metadata.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), query.From);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 0, 500, TimeSpan.Zero).ToUnixTimeMilliseconds(), query.To);
        Assert.Equal("Rate lim", query.Error);
        Assert.Equal("acme", query.Tenant);
        Assert.Equal(200, query.Limit);
        Assert.Equal(Sample.OtherId, query.Before);
    }

    [Theory]
    [InlineData("?limit=0", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=201", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=-1", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=1.5", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=99999999999", "limit", "Give a whole number from 1 to 200.")]
    [InlineData("?limit=1&limit=2", "limit", "It is there more than once: give one value.")]
    [InlineData("?status=done", "status", "'done' is no status: give queued, running, completed, failed or cancelled.")]
    [InlineData("?status=", "status", "'' is no status: give queued, running, completed, failed or cancelled.")]
    [InlineData("?status=Running", "status", "'Running' is no status: give queued, running, completed, failed or cancelled.")]
    [InlineData("?model=a&model=b", "model", "It is there more than once: give one value.")]
    [InlineData("?metadata.a=1&metadata.a=2", "metadata.a", "It is there more than once: give one value.")]
    [InlineData("?metadata.a=1&metadata[a]=2", "metadata[a]", "It is there more than once: give one value.")]
    [InlineData("?metadata[]=1", "metadata[]", "There is no such parameter. There are: status, model, tenant, metadata.<key>, from, to, error, limit, cursor.")]
    [InlineData("?cursor=", "cursor", "This is no cursor: give the next of the page before, as it was.")]
    [InlineData("?cursor=abc", "cursor", "This is no cursor: give the next of the page before, as it was.")]
    [InlineData("?cursor=%F0%9F%98%80", "cursor", "This is no cursor: give the next of the page before, as it was.")]
    [InlineData("?cursor=run_01JCZ5T8M0ABCDEFGHJKMNPQRS", "cursor", "This is no cursor: give the next of the page before, as it was.")]
    [InlineData("?from=yesterday", "from", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("?from=2026-11-25T15:00:00", "from", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("?to=", "to", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("?to=2026-13-25T15:00:00Z", "to", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("?to=1763726400", "to", "Give a time such as 2026-11-25T15:00:00Z, or Unix milliseconds: this is so few that they are seconds.")]
    [InlineData("?to=253402300800000", "to", "Give a time such as 2026-11-25T15:00:00Z.")]
    [InlineData("?error=", "error", "Give 1 to 200 characters of the error's code or message.")]
    [InlineData("?metadata=1", "metadata", "There is no such parameter. There are: status, model, tenant, metadata.<key>, from, to, error, limit, cursor.")]
    [InlineData("?metadata.=1", "metadata.", "There is no such parameter. There are: status, model, tenant, metadata.<key>, from, to, error, limit, cursor.")]
    [InlineData("?offset=1", "offset", "There is no such parameter. There are: status, model, tenant, metadata.<key>, from, to, error, limit, cursor.")]
    public async Task A_wrong_parameter_is_named_with_what_mends_it(string query, string parameter, string message)
    {
        var host = shared.Host;

        using var response = await host.Http.GetAsync("/v1/runs" + query);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(parameter, error.GetProperty("parameter").GetString());
        Assert.Equal(message, error.GetProperty("message").GetString());
        Assert.Empty(host.Runs.Queries);
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00.123456789Z", "2026-11-21T12:00:00.123Z")]
    [InlineData("2026-11-21t12:00:00z", "2026-11-21T12:00:00.000Z")]
    [InlineData("2026-11-21T12:00:00.1234567891-00:30", "2026-11-21T12:30:00.123Z")]
    [InlineData("1763726400000", "2025-11-21T12:00:00.000Z")]
    [InlineData("0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z")]
    public async Task A_time_is_understood_as_other_languages_write_it(string given, string meant)
    {
        var query = await QueryAsync($"?from={given}");

        Assert.Equal(meant, DateTimeOffset.FromUnixTimeMilliseconds(query.From!.Value).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("%20")]
    [InlineData("A")]
    public async Task A_cursor_with_something_behind_it_is_none(string more)
    {
        var host = shared.Host;

        using var response = await host.Http.GetAsync($"/v1/runs?cursor={ListCursor.Of(Sample.Id)}{more}");

        Assert.Equal("cursor", (await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?tenant=acme", true)]
    [InlineData("?tenant=other", false)]
    [InlineData("?tenant=", false)]
    public async Task A_key_lists_its_own_tenant(string query, bool allowed)
    {
        await using var host = await ApiHost.StartAsync(AccessTests.Entry(0, "acme", "k", "read"));

        using var response = await host.Http.OpenAsync("/v1/runs" + query, ("Authorization", "Bearer k"));

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.All(host.Runs.Queries, static asked => Assert.Equal("acme", asked.Tenant));
    }

    [Fact]
    public async Task All_wrong_parameters_are_listed_at_once()
    {
        var host = shared.Host;

        using var response = await host.Http.GetAsync("/v1/runs?limit=x&cursor=x&status=a,b&foo=1");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("limit cursor status status foo", string.Join(' ', problem.Errors().Select(static error => error.Where)));
    }

    private static async Task<RunQuery> QueryAsync(string query)
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.GetAsync("/v1/runs" + query);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return host.Runs.Queries.Single();
    }

    private static RunSummary Summary() => new()
    {
        Id = Sample.Id,
        Tenant = "",
        Status = RunStatus.Failed,
        Model = Sample.Model,
        Task = "text-generation",
        CreatedAt = Sample.Time.ToUnixTimeMilliseconds(),
        EndedAt = Sample.Time.ToUnixTimeMilliseconds(),
    };
}
