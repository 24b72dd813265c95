using System.Net;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Auth;

/// <summary>Who may do what, with keys.</summary>
public sealed class AccessTests
{
    private static readonly (string Key, string? Value)[] Keys =
    [
        .. Entry(0, "acme", "submit-key", "submit"),
        .. Entry(1, "acme", "read-key", "read"),
        .. Entry(2, "acme", "operate-key", "operate"),
        .. Entry(3, "acme", "both-key", "submit", "Read"),
        .. Entry(4, "other", "other-key", "operate"),
    ];

    public static TheoryData<string, string, string> Calls() => new()
    {
        // What a call needs: submit, read, operate, or nothing.
        { "POST", "/v1/runs", "submit" },
        { "POST", $"/v1/runs/{Sample.Id}/cancel", "submit" },
        { "POST", $"/v1/runs/{Sample.Id}/feedback", "submit" },
        { "GET", "/v1/runs", "read" },
        { "HEAD", "/v1/runs", "read" },
        { "GET", $"/v1/runs/{Sample.Id}", "read" },
        { "HEAD", $"/v1/runs/{Sample.Id}", "read" },
        { "GET", $"/v1/runs/{Sample.Id}/events", "read" },
        { "GET", $"/v1/runs/{Sample.Id}/stream", "read" },
        { "GET", $"/v1/runs/{Sample.Id}/output", "read" },
        { "GET", $"/v1/runs/{Sample.Id}/log", "read" },
        { "GET", "/v1/stats", "read" },
        { "GET", $"/v1/runs/{Sample.Id}/journal", "read" },
        { "DELETE", $"/v1/runs/{Sample.Id}", "operate" },
        { "POST", $"/v1/runs/{Sample.Id}/rerun", "operate" },
        { "POST", "/v1/runs/cancel", "operate" },
        { "POST", "/v1/runs/delete", "operate" },
        { "GET", "/v1/system", "operate" },
        { "GET", "/healthz", "nothing" },
        { "GET", "/readyz", "nothing" },
        { "GET", "/openapi/v1.json", "nothing" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_needs_a_key_with_its_role(string method, string path, string needs)
    {
        await using var host = await StartAsync();

        Assert.Equal(needs == "nothing" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await StatusAsync(host, method, path, key: null));
        Assert.Equal(needs == "nothing" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await StatusAsync(host, method, path, "wrong-key"));
        foreach (var (key, roles) in new[] { ("submit-key", "submit"), ("read-key", "read"), ("both-key", "submit read"), ("operate-key", "submit read operate") })
        {
            var may = needs == "nothing" || roles.Contains(needs, StringComparison.Ordinal);
            var status = await StatusAsync(host, method, path, key);
            Assert.True(may ? (int)status is >= 200 and < 300 : status == HttpStatusCode.Forbidden, $"{method} {path} with {key}: {status}");
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Another_tenants_run_does_not_exist(string method, string path, string needs)
    {
        await using var host = await StartAsync();

        var status = await StatusAsync(host, method, path, "other-key");

        var isOfOneRun = path.Contains(Sample.Id.ToString(), StringComparison.Ordinal);
        Assert.True(isOfOneRun ? status == HttpStatusCode.NotFound : (int)status is >= 200 and < 300, $"{method} {path}: {status}");
        Assert.True(isOfOneRun || needs is not "operate" || path is "/v1/runs/cancel" or "/v1/runs/delete" or "/v1/system");
    }

    [Fact]
    public async Task Another_tenants_run_is_answered_like_one_that_does_not_exist()
    {
        await using var host = await StartAsync();

        using var theirs = await host.Http.OpenAsync($"/v1/runs/{Sample.Id}", Bearer("other-key"));
        using var none = await host.Http.OpenAsync($"/v1/runs/{Sample.OtherId}", Bearer("other-key"));

        Assert.Equal(await none.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Submissions_and_lists_are_the_keys_tenants()
    {
        await using var host = await StartAsync();

        using var submitted = await host.Http.SubmitAsync(Sample.Body(), Bearer("other-key"));
        using var listed = await host.Http.OpenAsync("/v1/runs", Bearer("read-key"));

        Assert.Equal("other", host.Runs.Submissions.Single().Tenant);
        Assert.Equal("acme", host.Runs.Queries.Single().Tenant);
    }

    [Theory]
    [InlineData("submit-key", HttpStatusCode.Forbidden)]
    [InlineData("both-key", HttpStatusCode.OK)]
    [InlineData("operate-key", HttpStatusCode.OK)]
    public async Task Submitting_and_reading_at_once_needs_both_roles(string key, HttpStatusCode status)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body(), Bearer(key), ("Accept", "text/event-stream"));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, host.Runs.Submissions.Count);
    }

    [Theory]
    [InlineData(null, "Bearer realm=\"orchestrator\"")]
    [InlineData("Basic b3BlcmF0ZS1rZXk=", "Bearer realm=\"orchestrator\"")]
    [InlineData("operate-key", "Bearer realm=\"orchestrator\"")]
    [InlineData("Bearer", "Bearer realm=\"orchestrator\"")]
    [InlineData("Bearer two words", "Bearer realm=\"orchestrator\"")]
    [InlineData("Bearer wrong", "Bearer realm=\"orchestrator\", error=\"invalid_token\"")]
    [InlineData("Bearer OPERATE-KEY", "Bearer realm=\"orchestrator\", error=\"invalid_token\"")]
    [InlineData("Bearer operate-key2", "Bearer realm=\"orchestrator\", error=\"invalid_token\"")]
    public async Task Without_a_known_key_the_answer_says_how_to_send_one(string? authorization, string challenge)
    {
        await using var host = await StartAsync();

        using var response = authorization is null
            ? await host.Http.OpenAsync("/v1/runs")
            : await host.Http.OpenAsync("/v1/runs", ("Authorization", authorization));

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("Bearer operate-key")]
    [InlineData("bearer operate-key")]
    [InlineData("BEARER   operate-key")]
    public async Task The_scheme_is_read_in_any_case(string authorization)
    {
        await using var host = await StartAsync();

        using var response = await host.Http.OpenAsync("/v1/runs", ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_missing_role_is_named()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.OpenAsync("/v1/runs", Bearer("submit-key"));

        var problem = await response.ReadProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("'read'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_can_be_configured_by_its_hash()
    {
        var hash = "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("s3cret")));
        await using var host = await ApiHost.StartAsync(("Auth:Keys:0:Tenant", "acme"), ("Auth:Keys:0:KeyHash", hash), ("Auth:Keys:0:Roles:0", "read"));

        using var good = await host.Http.OpenAsync("/v1/runs", Bearer("s3cret"));
        using var bad = await host.Http.OpenAsync("/v1/runs", Bearer(hash));

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
    }

    [Fact]
    public async Task A_body_is_not_even_read_for_a_caller_who_may_not_submit()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.SubmitAsync("not json", Bearer("read-key"));

        await response.ReadProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    internal static (string Key, string? Value)[] Entry(int index, string tenant, string key, params string[] roles) =>
    [
        ($"Auth:Keys:{index}:Tenant", tenant),
        ($"Auth:Keys:{index}:Key", key),
        .. roles.Select((role, i) => ($"Auth:Keys:{index}:Roles:{i}", (string?)role)),
    ];

    private static (string, string) Bearer(string key) => ("Authorization", $"Bearer {key}");

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync(Keys);
        host.Runs.Add(Sample.Run(RunStatus.Completed), "acme");
        host.Runs.OnOpen = () => new OpenedReader.Opened(ScriptedReader.Of());
        host.Runs.Log = new() { Body = "{}"u8.ToArray() };
        host.Runs.OnSubmit = submission => new SubmitOutcome.Accepted(host.Runs.Add(Sample.Run(RunStatus.Completed), submission.Tenant));
        return host;
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiHost host, string method, string path, string? key)
    {
        host.Runs.Add(Sample.Run(RunStatus.Completed), "acme");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = HttpExtensions.Json(path[(path.LastIndexOf('/') + 1)..] switch
            {
                "feedback" => """{"score":1}""",
                "rerun" => "{}",
                "cancel" or "delete" => $$"""{"ids":["{{Sample.OtherId}}"]}""",
                _ => Sample.Body(),
            });
        }

        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }
}
