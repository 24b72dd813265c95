using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.WithEngine;

/// <summary>The refusals that depend on what there is already, of the API and the engine together.</summary>
public sealed class RefusalTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "k1");

    [Fact]
    public async Task A_key_answers_its_run_again_and_another_body_is_422()
    {
        var gateway = new CountingGateway();
        await using var host = await EngineHost.StartAsync(gateway);
        var id = await SubmitAsync(host, Sample.Body());

        using var again = await host.Http.SubmitAsync(Sample.Body(), Key);
        using var other = await host.Http.SubmitAsync(Sample.Body("\"zdr\":true"), Key);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(id, (await again.ReadJsonAsync()).GetProperty("id").GetString());
        var problem = await other.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-conflict");
        Assert.Contains(id, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await EndedAsync(host, id);
        Assert.Single((await (await host.Http.GetAsync("/v1/runs")).ReadJsonAsync()).GetProperty("runs").EnumerateArray());
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task An_active_run_is_not_deleted_and_an_ended_one_is_gone_for_good()
    {
        var answer = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(new CountingGateway(answer.Task));
        var id = await SubmitAsync(host, Sample.Body());

        using var active = await host.Http.DeleteAsync($"/v1/runs/{id}");
        await active.ReadProblemAsync(HttpStatusCode.Conflict, "run-active");
        answer.SetResult();
        await EndedAsync(host, id);
        using var deleted = await host.Http.DeleteAsync($"/v1/runs/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        foreach (var path in new[] { "", "/events", "/events?after=2", "/stream?from=0", "/output", "/log" })
        {
            using var gone = await host.Http.GetAsync($"/v1/runs/{id}{path}");
            await gone.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task After_the_last_event_is_204_and_before_it_the_rest()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        var id = await SubmitAsync(host, Sample.Body());
        var last = await EndedAsync(host, id);

        foreach (var after in new[] { last, last + 1, last + 1_000_000, long.MaxValue })
        {
            using var nothing = await host.Http.GetAsync($"/v1/runs/{id}/events?after={after}");
            Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
            using var header = await host.Http.OpenAsync($"/v1/runs/{id}/events", ("Last-Event-ID", $"{after}"));
            Assert.Equal(HttpStatusCode.NoContent, header.StatusCode);
        }

        var rest = await host.Http.GetStringAsync($"/v1/runs/{id}/events?after={last - 1}");
        Assert.StartsWith($"id: {last}\nevent: run.failed\n", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    [InlineData("")]
    public async Task A_malformed_position_is_400(string after)
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        var id = await SubmitAsync(host, Sample.Body());

        using var query = await host.Http.GetAsync($"/v1/runs/{id}/events?after={after}");
        using var header = await host.Http.OpenAsync($"/v1/runs/{id}/events", ("Last-Event-ID", after));

        await query.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        await header.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_position_that_an_active_run_has_not_reached_waits_for_it()
    {
        var answer = new TaskCompletionSource();
        await using var host = await EngineHost.StartAsync(new CountingGateway(answer.Task));
        var id = await SubmitAsync(host, Sample.Body());
        var seq = (await (await host.Http.GetAsync($"/v1/runs/{id}")).ReadJsonAsync()).GetProperty("seq").GetInt64();

        using var response = await host.Http.OpenAsync($"/v1/runs/{id}/events?after={seq + 1}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        answer.SetResult();

        var text = await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Contains($"id: {seq + 2}\nevent: run.failed\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"id: {seq + 1}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenants_run_is_404_on_every_call()
    {
        await using var host = await EngineHost.StartAsync(
            new CountingGateway(),
            ("Auth:Keys:0:Tenant", "mine"), ("Auth:Keys:0:Key", "key-1"), ("Auth:Keys:0:Roles:0", "operate"),
            ("Auth:Keys:1:Tenant", "other"), ("Auth:Keys:1:Key", "key-2"), ("Auth:Keys:1:Roles:0", "operate"));
        using var submitted = await host.Http.SubmitAsync(Sample.Body(), ("Authorization", "Bearer key-1"));
        var id = (await submitted.ReadJsonAsync()).GetProperty("id").GetString()!;
        foreach (var (method, path) in new[]
        {
            ("GET", ""), ("GET", "/events"), ("GET", "/events?after=9"), ("GET", "/stream"), ("GET", "/output"), ("GET", "/output?wait=1"), ("GET", "/log"),
            ("POST", "/cancel"), ("POST", "/rerun"), ("DELETE", ""), ("POST", "/feedback"),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/runs/{id}{path}");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer key-2");
            request.Content = path == "/feedback" ? HttpExtensions.Json("{\"feedback\":1}") : null;
            using var response = await host.Http.SendAsync(request);
            await response.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        using var mine = await host.Http.OpenAsync($"/v1/runs/{id}", ("Authorization", "Bearer key-1"));
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
    }

    private static async Task<string> SubmitAsync(ApiHost host, string body)
    {
        using var response = await host.Http.SubmitAsync(body, Key);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.ReadJsonAsync()).GetProperty("id").GetString()!;
    }

    /// <returns>The number of its last event.</returns>
    private static async Task<long> EndedAsync(ApiHost host, string id)
    {
        using var ended = await host.Http.GetAsync($"/v1/runs/{id}/output?wait=60");
        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
        return (await (await host.Http.GetAsync($"/v1/runs/{id}")).ReadJsonAsync()).GetProperty("seq").GetInt64();
    }
}
