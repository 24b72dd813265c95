using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_service_that_is_not_ready_says_why_and_still_lives()
    {
        await using var host = await ApiHost.StartAsync();
        host.Readiness.Answer = (false, "The disk is full: free some space.");

        using var ready = await host.Http.GetAsync("/readyz");
        using var live = await host.Http.GetAsync("/healthz");

        var problem = await ready.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, "not-ready");
        Assert.Equal("The disk is full: free some space.", problem.GetProperty("detail").GetString());
        Assert.NotNull(ready.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Readiness_needs_no_reason()
    {
        await using var host = await ApiHost.StartAsync();
        host.Readiness.Answer = (false, null);

        using var ready = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/readyz"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }
}
