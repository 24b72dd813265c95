using System.Net;
using System.Text.Json;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.WithEngine;
using Orchestrator.Engine.Changes;

namespace Orchestrator.Api.Tests.Feed;

/// <summary>The changes of all runs, of the API and the engine together.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task Runs_are_told_from_their_submission_to_their_end()
    {
        var answer = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(new CountingGateway(answer.Task));
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.PlaceAsync();
        var id = await SubmitAsync(host, Sample.Body("\"metadata\":{\n\r\"a\" : 1\n}"));

        var begun = await feed.NextAsync();
        answer.SetResult();
        var ended = await feed.NextAsync(until: static read => read.Data.GetProperty("status").GetString() == "failed");

        Assert.Equal(("run", id, "running", "dispatching"), (begun.Name, begun.Text("id"), begun.Text("status"), begun.Text("phase")));
        Assert.Equal(1, begun.Data.GetProperty("metadata").GetProperty("a").GetInt32());
        Assert.Equal((id, "ended", "bad-request"), (ended.Text("id"), ended.Text("phase"), ended.Data.GetProperty("error").GetProperty("code").GetString()));
        using var listed = await host.Http.GetAsync("/v1/runs");
        Assert.Equal((await listed.ReadJsonAsync()).GetProperty("runs")[0].GetRawText(), ended.Data.GetRawText());
    }

    [Fact]
    public async Task Who_comes_back_with_a_place_is_told_what_happened_meanwhile()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        string place;
        await using (var first = await FeedReader.OpenAsync(host))
        {
            place = await first.PlaceAsync();
        }

        var id = await EndedAsync(host);

        await using var second = await FeedReader.OpenAsync(host, ("Last-Event-ID", place));
        var told = await second.NextAsync();
        Assert.Equal((id, "failed"), (told.Text("id"), told.Text("status")));
        var next = await second.LineAsync(static line => line.StartsWith("id: ", StringComparison.Ordinal));
        Assert.DoesNotContain(place, next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_of_an_earlier_start_is_answered_with_reset_first()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        await EndedAsync(host);
        await using var feed = await FeedReader.OpenAsync(host, ("Last-Event-ID", new FeedPosition(1, 1).ToString()));

        Assert.Equal("reset", (await feed.NextAsync()).Name);
        var id = await SubmitAsync(host, Sample.Body());
        Assert.Equal(id, (await feed.NextAsync()).Text("id"));
    }

    [Fact]
    public async Task Without_a_place_it_begins_now()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        await EndedAsync(host);
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.PlaceAsync();

        var id = await SubmitAsync(host, Sample.Body());

        Assert.Equal(id, (await feed.NextAsync()).Text("id"));
    }

    [Fact]
    public async Task Another_tenants_runs_are_not_told()
    {
        await using var host = await EngineHost.StartAsync(
            new CountingGateway(),
            ("Auth:Keys:0:Tenant", "mine"), ("Auth:Keys:0:Key", "key-1"), ("Auth:Keys:0:Roles:0", "operate"),
            ("Auth:Keys:1:Tenant", "other"), ("Auth:Keys:1:Key", "key-2"), ("Auth:Keys:1:Roles:0", "operate"));
        await using var feed = await FeedReader.OpenAsync(host, ("Authorization", "Bearer key-1"));
        await feed.PlaceAsync();

        using var theirs = await host.Http.SubmitAsync(Sample.Body(), ("Authorization", "Bearer key-2"));
        using var mine = await host.Http.SubmitAsync(Sample.Body(), ("Authorization", "Bearer key-1"));

        var told = await feed.NextAsync();
        Assert.Equal((await mine.ReadJsonAsync()).GetProperty("id").GetString(), told.Text("id"));
        Assert.Equal("mine", told.Text("tenant"));
    }

    [Fact]
    public async Task Only_the_statuses_that_are_asked_for_are_told()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        await using var feed = await FeedReader.OpenAsync(host, "?status=cancelled,failed");
        await feed.PlaceAsync();

        await EndedAsync(host);

        Assert.Equal("failed", (await feed.NextAsync()).Text("status"));
    }

    [Fact]
    public async Task Who_asks_for_runs_that_run_is_told_that_one_has_ended()
    {
        var answer = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(new CountingGateway(answer.Task));
        await using var feed = await FeedReader.OpenAsync(host, "?status=running");
        await feed.PlaceAsync();
        var id = await SubmitAsync(host, Sample.Body());

        var begun = await feed.NextAsync();
        answer.SetResult();
        var left = await feed.NextAsync(until: static read => read.Name != "run");

        Assert.Equal(("run", id, "running"), (begun.Name, begun.Text("id"), begun.Text("status")));
        Assert.Equal(("left", id, "failed"), (left.Name, left.Text("id"), left.Text("status")));
    }

    [Fact]
    public async Task A_run_that_has_not_been_in_a_status_yet_has_not_left_it()
    {
        var answer = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(new CountingGateway(answer.Task));
        await using var all = await FeedReader.OpenAsync(host);
        await using var feed = await FeedReader.OpenAsync(host, "?status=failed");
        await feed.PlaceAsync();
        await SubmitAsync(host, Sample.Body());
        await all.NextAsync(until: static read => read.Text("status") == "running");

        answer.SetResult();

        Assert.Equal("run", (await feed.NextAsync()).Name);
    }

    [Fact]
    public async Task A_deleted_run_is_told_as_gone()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        var id = await EndedAsync(host);
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.PlaceAsync();

        using var deleted = await host.Http.DeleteAsync($"/v1/runs/{id}");

        var told = await feed.NextAsync();
        Assert.Equal(("deleted", $$"""{"id":"{{id}}"}"""), (told.Name, told.Data.GetRawText()));
    }

    [Fact]
    public async Task A_silent_feed_is_kept_open()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        await using var feed = await FeedReader.OpenAsync(host);
        await feed.PlaceAsync();

        Assert.Equal(": keep-alive", await feed.LineAsync(static line => line.StartsWith(':')));
    }

    [Theory]
    [InlineData("", "nonsense", "Last-Event-ID")]
    [InlineData("", "7", "Last-Event-ID")]
    [InlineData("", "CN9LdnI0w8IAAAAAAAAA0Q=", "Last-Event-ID")]
    [InlineData("", "CN9LdnI0w8IAAAAAAAAA0Q==", "Last-Event-ID")]
    [InlineData("?status=done", null, "status")]
    [InlineData("?model=x", null, "model")]
    public async Task What_is_no_place_and_no_condition_is_refused(string query, string? place, string where)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.OpenAsync("/v1/runs/feed" + query, place is null ? [] : [("Last-Event-ID", place)]);

        Assert.Equal(where, (await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
    }

    private static async Task<string> SubmitAsync(ApiHost host, string body)
    {
        using var response = await host.Http.SubmitAsync(body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.ReadJsonAsync()).GetProperty("id").GetString()!;
    }

    private static async Task<string> EndedAsync(ApiHost host)
    {
        var id = await SubmitAsync(host, Sample.Body());
        using var ended = await host.Http.GetAsync($"/v1/runs/{id}/output?wait=60");
        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
        return id;
    }
}
