using System.Net;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.OpenApi;
using Orchestrator.Api.Tests.WithEngine;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Api.Tests.Statistics;

public sealed class StatsTests
{
    [Fact]
    public async Task What_runs_did_is_told()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        using var submitted = await host.Http.SubmitAsync(Sample.Body());
        var id = (await submitted.ReadJsonAsync()).GetProperty("id").GetString();
        using var ended = await host.Http.GetAsync($"/v1/runs/{id}/output?wait=60");
        var now = TimeProvider.System.GetUtcNow();
        host.Clock.Advance(now - host.Clock.GetUtcNow());
        var from = now.AddMinutes(-5).ToUnixTimeMilliseconds();

        using var response = await host.Http.GetAsync($"/v1/stats?from={from}&to={from + 600_000}&step=5m&by=model");

        var stats = await response.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((1, 1), (stats.GetProperty("totals").GetProperty("submitted").GetInt32(), stats.GetProperty("totals").GetProperty("failed").GetInt32()));
        Assert.Equal(Sample.Model, stats.GetProperty("series")[0].GetProperty("key").GetString());
        Assert.Equal(300, stats.GetProperty("step").GetInt32());
        using var document = await host.Http.GetAsync("/openapi/v1.json");
        Assert.Empty(SchemaCheck.Differences(await document.ReadJsonAsync(), StatsOperations.Schema, stats));
    }

    [Fact]
    public async Task What_needs_a_look_is_told_with_why_and_since_when()
    {
        await using var host = await ApiHost.StartAsync();
        var run = new RunSummary
        {
            Id = Sample.Id, Tenant = "", Status = RunStatus.Running, Model = "m", Task = "t", CreatedAt = 1, Phase = RunPhase.Stalled,
        };
        host.Runs.Troubled = [new RunAttention(run, "stalled", Sample.Time.ToUnixTimeMilliseconds())];

        using var response = await host.Http.GetAsync("/v1/stats");

        var stats = await response.ReadJsonAsync();
        var one = stats.GetProperty("attention")[0];
        Assert.Equal(
            (Sample.Id.ToString(), "stalled", "stalled", "2026-11-21T12:00:00.25Z"),
            (one.GetProperty("id").GetString(), one.GetProperty("phase").GetString(), one.GetProperty("why").GetString(), one.GetProperty("since").GetString()));
        using var document = await host.Http.GetAsync("/openapi/v1.json");
        Assert.Empty(SchemaCheck.Differences(await document.ReadJsonAsync(), StatsOperations.Schema, stats));
    }

    [Theory]
    [InlineData("from=0001-01-01T00:00:00Z")]
    [InlineData("from=0001-01-01T00:00:00Z&step=2147483647h")]
    [InlineData("from=9999-12-31T23:59:59Z&to=9999-12-31T23:59:59.999Z&step=1")]
    [InlineData("from=1969-12-31T23:59:59Z&to=1970-01-01T00:00:01Z")]
    [InlineData("to=253402300799999")]
    public async Task The_farthest_times_are_times(string query)
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());

        using var response = await host.Http.GetAsync("/v1/stats?" + query);

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("to=253402300800000", "to")]
    [InlineData("to=281474976710655&from=281474976710000", "to")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=", "to")]
    [InlineData("from=2026-11-21T13:00:00Z", "from")]
    [InlineData("step=0", "step")]
    [InlineData("step=1d", "step")]
    [InlineData("step=m", "step")]
    [InlineData("step=1", "step")]
    [InlineData("by=day", "by")]
    [InlineData("by=", "by")]
    [InlineData("group=model", "group")]
    public async Task What_can_not_be_followed_is_refused(string query, string where)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.GetAsync("/v1/stats?" + query);

        Assert.Equal(where, (await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
    }
}
