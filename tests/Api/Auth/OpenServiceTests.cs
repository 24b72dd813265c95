using System.Net;
using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Auth;

/// <summary>Without keys: this machine only.</summary>
public sealed class OpenServiceTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.1.2.3", true)]
    [InlineData(null, true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.5", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    public async Task Only_callers_on_this_machine_are_let_in(string? address, bool allowed)
    {
        await using var host = await ApiHost.StartAsync(From(address));

        using var response = await host.Http.GetAsync("/v1/runs");

        await AssertAsync(response, allowed);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1", true)]
    [InlineData("X-Forwarded-For", "::1, 127.0.0.1", true)]
    [InlineData("X-Forwarded-For", "10.0.0.1", false)]
    [InlineData("X-Forwarded-For", "127.0.0.1, 203.0.113.7", false)]
    [InlineData("X-Forwarded-For", "unknown", false)]
    [InlineData("Forwarded", "for=203.0.113.7", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    public async Task A_call_that_only_looks_local_is_not_let_in(string header, string value, bool allowed)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.OpenAsync("/v1/runs", (header, value));

        await AssertAsync(response, allowed);
    }

    /// <summary>The name in a browser's address bar: any site can have its own lead to 127.0.0.1 (DNS rebinding), and no header tells then.</summary>
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:80", true)]
    [InlineData("run.localhost:5080", true)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:5080", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("notlocalhost", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("0.0.0.0:5080", false)]
    [InlineData("203.0.113.7", false)]
    public async Task A_call_under_the_name_of_another_machine_is_not_let_in(string name, bool allowed)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.OpenAsync("/v1/runs", ("Host", name));

        await AssertAsync(response, allowed);
    }

    [Fact]
    public async Task With_a_key_calls_from_elsewhere_are_let_in()
    {
        await using var host = await ApiHost.StartAsync(From("203.0.113.7"), AccessTests.Entry(0, "acme", "k", "read"));

        using var response = await host.Http.OpenAsync("/v1/runs", ("Authorization", "Bearer k"), ("X-Forwarded-For", "198.51.100.1"), ("Host", "orchestrator.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Health_is_open_to_all()
    {
        await using var host = await ApiHost.StartAsync(From("203.0.113.7"));

        Assert.Equal("""{"status":"live"}""", await host.Http.GetStringAsync("/healthz"));
        Assert.Equal("""{"status":"ready"}""", await host.Http.GetStringAsync("/readyz"));
    }

    private static Func<HttpContext, RequestDelegate, Task> From(string? address) => (context, next) =>
    {
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return next(context);
    };

    private static async Task AssertAsync(HttpResponseMessage response, bool allowed)
    {
        if (allowed)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return;
        }

        var problem = await response.ReadProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("Auth:Keys", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
