using System.Net;
using System.Text.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.OpenApi;
using Orchestrator.Api.Tests.WithEngine;

namespace Orchestrator.Api.Tests.Host;

public sealed class HostTests
{
    [Fact]
    public async Task A_refusal_that_is_the_requests_own_fault_is_an_answer_of_the_gateway()
    {
        await using var host = await EngineHost.StartAsync(new CountingGateway());
        using var submitted = await host.Http.SubmitAsync(Sample.Body());
        var id = (await submitted.ReadJsonAsync()).GetProperty("id").GetString();
        using var ended = await host.Http.GetAsync($"/v1/runs/{id}/output?wait=60");

        using var response = await host.Http.GetAsync("/v1/system");

        var system = await response.ReadJsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(JsonValueKind.Null, system.GetProperty("gateway").GetProperty("lastOk").ValueKind);
        Assert.True(system.GetProperty("memory").GetProperty("residentBytes").GetInt64() > 0);
        using var document = await host.Http.GetAsync("/openapi/v1.json");
        Assert.Empty(SchemaCheck.Differences(await document.ReadJsonAsync(), HostOperations.Schema, system));
    }

    [Fact]
    public async Task A_journal_that_refuses_is_told_with_why()
    {
        await using var host = await ApiHost.StartAsync();
        host.Readiness.Answer = (false, "The disk is full.");

        using var response = await host.Http.GetAsync("/v1/system");

        var journal = (await response.ReadJsonAsync()).GetProperty("journal");
        Assert.False(journal.GetProperty("healthy").GetBoolean());
        Assert.Equal("The disk is full.", journal.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, journal.GetProperty("commits").GetProperty("p99").ValueKind);
    }
}
