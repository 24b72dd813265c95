using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

public sealed class SubmitTests
{
    [Fact]
    public async Task A_submission_is_accepted_with_the_run_and_where_it_is()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Sample.Body());

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/v1/runs/{Sample.Id}", response.Headers.Location?.ToString());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var run = await response.ReadJsonAsync();
        Assert.Equal(Sample.Id.ToString(), run.GetProperty("id").GetString());
        Assert.Equal("running", run.GetProperty("status").GetString());
    }
}
