using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>What only the gateway's client knows to be impossible is refused at the door, in its place.</summary>
public sealed class DispatchCheckTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("""{"model":"replicate/x","input":{"prompt":"p"}}""", "/model", "replicate/x")]
    [InlineData("""{"model":"google/x","input":{"prompt":"p"},"transport":"gateway"}""", "/model", "contents")]
    [InlineData("""{"model":"openai/x","input":{"messages":[]},"fallback":{"models":["anthropic/y","replicate/z"]}}""", "/fallback/models/1", "replicate/z")]
    [InlineData(
        """{"model":"openai/x","input":{"messages":[]},"fallback":{"mode":"server","models":["google/y"],"inputs":{"google/y":{"prompt":"p"}}}}""",
        "/fallback/models/0",
        "google/y")]
    [InlineData(
        """{"model":"openai/x","input":{"messages":[]},"gateway":{"cacheTtl":60},"extraHeaders":{"CF-AIG-Cache-TTL":"5"}}""",
        "/extraHeaders/CF-AIG-Cache-TTL",
        "cacheTtl")]
    [InlineData(
        """{"model":"openai/x","input":{"messages":[]},"extraHeaders":{"cf-aig-gateway-id":"other"}}""",
        "/extraHeaders/cf-aig-gateway-id",
        "remove it")]
    public async Task It_is_refused_in_its_place(string body, string pointer, string says)
    {
        using var response = await shared.Host.Http.SubmitAsync(body);

        var error = Assert.Single((await response.ReadProblemAsync(HttpStatusCode.BadRequest, "config")).Errors());
        Assert.Equal(pointer, error.Where);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"cohere/command","input":{"messages":[]}}""")]
    [InlineData("""{"model":"google/x","input":{"contents":[]},"transport":"gateway"}""")]
    [InlineData("""{"model":"@cf/a/b","input":{"prompt":"p"},"gateway":{"cacheTtl":60}}""")]
    public async Task What_fits_is_accepted(string body)
    {
        using var response = await shared.Host.Http.SubmitAsync(body);

        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
    }
}
