using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Api.Operating;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.WithEngine;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Operating;

/// <summary>A run that is submitted once more.</summary>
public sealed class RerunTests
{
    private static string Path => $"/v1/runs/{Sample.Id}/rerun";

    [Fact]
    public async Task The_same_is_submitted_and_names_its_origin()
    {
        await using var host = await ApiHost.StartAsync();
        var run = host.Runs.Add(Sample.Run(RunStatus.Failed));

        using var response = await host.Http.PostAsync(Path, null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
        var submission = Assert.Single(host.Runs.Submissions);
        Assert.Equal($$"""{"rerunOf":"{{Sample.Id}}"}""", submission.Spec.Metadata!.Value.GetRawText());
        Assert.Equal(run.Spec.Model, submission.Spec.Model);
        Assert.Equal(run.Inputs.Default.ToArray(), submission.Inputs.Default.ToArray());
        Assert.Null(submission.IdempotencyKey);
    }

    /// <summary>It is what its own caller asked for, in that one's trace; the run that it repeats had another.</summary>
    [Fact]
    public async Task It_is_in_its_callers_trace_and_knows_that_of_its_origin()
    {
        const string first = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        const string second = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        var origin = await TracedAsync(host, "/v1/runs", Sample.Body(), first);
        var again = await TracedAsync(host, $"/v1/runs/{origin.Id}/rerun", "{}", second);

        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "0af7651916cd43dd8448eb211c80319c"), (origin.TraceId, again.TraceId));
        var journal = await host.Http.GetFromJsonAsync<JsonElement>($"/v1/runs/{again.Id}/journal");
        var submitted = journal.GetProperty("entries")[0].GetProperty("data");
        Assert.Equal(second, submitted.GetProperty("traceparent").GetString());
        Assert.Equal($$"""{"run":"{{origin.Id}}","traceparent":"{{first}}"}""", submitted.GetProperty("origin").GetRawText());
    }

    [Fact]
    public async Task Metadata_stays_and_the_origin_is_the_run_itself()
    {
        await using var host = await ApiHost.StartAsync();
        using var metadata = JsonDocument.Parse("""{"a":1.50,"rerunOf":"run_01JCZ5T8M0ABCDEFGHJKMNPQRT"}""");
        host.Runs.Add(Sample.Run() with { Spec = new RunSpec { Model = Sample.Model, Metadata = metadata.RootElement } });

        using var response = await host.Http.PostJsonAsync(Path, "{}");

        Assert.Equal($$"""{"a":1.50,"rerunOf":"{{Sample.Id}}"}""", Assert.Single(host.Runs.Submissions).Spec.Metadata!.Value.GetRawText());
    }

    [Fact]
    public async Task Another_model_is_checked_like_that_of_a_new_run()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());

        using var other = await host.Http.PostJsonAsync(Path, """{"model":"anthropic/claude-sonnet-4-5"}""");
        using var none = await host.Http.PostJsonAsync(Path, """{"model":"nothing"}""");
        using var unknown = await host.Http.PostJsonAsync(Path, """{"modell":"x"}""");

        Assert.Equal("anthropic/claude-sonnet-4-5", Assert.Single(host.Runs.Submissions).Spec.Model);
        Assert.Equal("/model", (await none.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
        Assert.Equal("/modell", (await unknown.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single().Where);
    }

    [Fact]
    public async Task A_key_counts_for_the_run_and_the_model()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        using var submitted = await host.Http.SubmitAsync(Sample.Body());
        var path = $"/v1/runs/{(await submitted.ReadJsonAsync()).GetProperty("id").GetString()}/rerun";

        var first = await RerunAsync(host, path, "{}", "k");
        var again = await RerunAsync(host, path, "{}", "k");
        var other = await RerunAsync(host, path, """{"model":"openai/gpt-5"}""", "k");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.Status, again.Status, other.Status));
        Assert.Equal(first.Id, again.Id);
        Assert.DoesNotContain(first.Id!, path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_values_go_along_and_stay_sealed()
    {
        var gateway = new CountingGateway();
        await using var host = await EngineHost.StartAsync(gateway);
        using var submitted = await host.Http.SubmitAsync(Sample.Body("\"extraHeaders\":{\"x-api-key\":\"s3cret\"}"));
        var id = (await submitted.ReadJsonAsync()).GetProperty("id").GetString();

        using var response = await host.Http.PostAsync($"/v1/runs/{id}/rerun", null);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        using var output = await host.Http.GetAsync(response.Headers.Location + "/output?wait=60");
        Assert.Equal(2, gateway.Headers.Count(static headers => headers.GetValueOrDefault("x-api-key") == "s3cret"));
    }

    [Fact]
    public async Task A_run_that_there_is_not_can_not_be_run_again()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(), "other");

        using var theirs = await host.Http.PostAsync(Path, null);
        using var nonsense = await host.Http.PostAsync("/v1/runs/nonsense/rerun", null);

        await theirs.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
        await nonsense.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Empty(host.Runs.Submissions);
    }

    private static async Task<(string Id, string TraceId)> TracedAsync(ApiHost host, string path, string body, string parent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HttpExtensions.Json(body) };
        request.Headers.Add("traceparent", parent);
        using var response = await host.Http.SendAsync(request);
        var json = await response.ReadJsonAsync();
        return (json.GetProperty("id").GetString()!, json.GetProperty("traceId").GetString()!);
    }

    private static async Task<(HttpStatusCode Status, string? Id)> RerunAsync(ApiHost host, string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HttpExtensions.Json(body) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await host.Http.SendAsync(request);
        var json = await response.ReadJsonAsync();
        return (response.StatusCode, json.TryGetProperty("id", out var id) ? id.GetString() : null);
    }
}
