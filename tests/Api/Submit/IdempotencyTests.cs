using System.Net;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Tests.Submit;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeated_key_answers_the_run_it_was_used_for()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.OnSubmit = _ => new SubmitOutcome.Repeated(Sample.Run());

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", "k1"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"/v1/runs/{Sample.Id}", response.Headers.Location?.ToString());
        Assert.Equal(Sample.Id.ToString(), (await response.ReadJsonAsync()).GetProperty("id").GetString());
        Assert.Equal("k1", host.Runs.Submissions.Single().IdempotencyKey);
    }

    [Fact]
    public async Task A_key_of_another_body_is_refused_and_names_the_run()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.OnSubmit = _ => new SubmitOutcome.KeyConflict(Sample.OtherId);

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", "k1"));

        var problem = await response.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-conflict");
        Assert.Contains(Sample.OtherId.ToString(), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_have_the_same_hash_and_others_another()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var body in new[] { Sample.Body(), Sample.Body(), Sample.Body() + " " })
        {
            using var response = await host.Http.SubmitAsync(body, ("Idempotency-Key", "k1"));
        }

        var hashes = host.Runs.Submissions.Select(static submission => submission.RequestHash).ToArray();
        Assert.NotNull(hashes[0]);
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("!~")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    public async Task Visible_ascii_is_a_key(string key)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", key));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(key, host.Runs.Submissions.Single().IdempotencyKey);
    }

    [Fact]
    public async Task A_key_of_255_characters_is_taken_and_one_more_is_not()
    {
        await using var host = await ApiHost.StartAsync();

        using var longest = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", new string('k', 255)));
        using var longer = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", new string('k', 256)));

        Assert.Equal(HttpStatusCode.Accepted, longest.StatusCode);
        await longer.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    public async Task What_is_no_key_is_refused_by_the_headers_name(string key)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", key));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("Idempotency-Key", problem.GetProperty("errors")[0].GetProperty("header").GetString());
        Assert.Empty(host.Runs.Submissions);
    }

    [Fact]
    public async Task Two_keys_are_refused()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b"));

        await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
    }
}
