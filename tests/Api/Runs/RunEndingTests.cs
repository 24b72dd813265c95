using System.Net;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Runs;

/// <summary>Cancelling and deleting.</summary>
public sealed class RunEndingTests
{
    [Fact]
    public async Task Cancel_answers_the_run_and_can_be_repeated()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        for (var i = 0; i < 2; i++)
        {
            using var response = await host.Http.PostAsync($"/v1/runs/{Sample.Id}/cancel", content: null);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("cancelled", (await response.ReadJsonAsync()).GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Cancel_leaves_a_run_that_has_ended_as_it_is()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Completed));

        using var response = await host.Http.PostAsync($"/v1/runs/{Sample.Id}/cancel", new StringContent("anything"));

        Assert.Equal("completed", (await response.ReadJsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_run_that_has_ended_is_deleted_once()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(RunStatus.Failed));

        using var first = await host.Http.DeleteAsync($"/v1/runs/{Sample.Id}");
        using var second = await host.Http.DeleteAsync($"/v1/runs/{Sample.Id}");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Empty(await first.Content.ReadAsByteArrayAsync());
        await second.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(RunStatus.Queued)]
    [InlineData(RunStatus.Running)]
    public async Task An_active_run_is_not_deleted(RunStatus status)
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run(status));

        using var response = await host.Http.DeleteAsync($"/v1/runs/{Sample.Id}");

        var problem = await response.ReadProblemAsync(HttpStatusCode.Conflict, "run-active");
        Assert.Contains("Cancel it first", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
