using System.Net;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Runs for upstreams of the configuration: what they can not have is refused while there is somebody to tell.</summary>
public sealed class DirectTests
{
    private const string Input = "\"input\":{\"messages\":[]}";

    [Theory]
    [InlineData("")]
    [InlineData(",\"onStreamFailure\":\"continue\",\"fallback\":{\"models\":[\"openai/gpt-5-mini\"]}")]
    [InlineData(",\"gateway\":{\"metadata\":{\"a\":1},\"collectLog\":true}")]
    [InlineData(",\"byok\":true,\"extraHeaders\":{\"authorization\":\"Bearer own\"}")]
    public async Task What_any_server_can_do_is_accepted_with_a_warning(string more)
    {
        await using var host = await ApiHost.StartAsync(Configured.BridgeAndUpstreams);
        using var response = await host.Http.SubmitAsync($"{{\"model\":\"local/m\",{Input}{more}}}");

        Assert.Contains("local is asked without the gateway", await response.ReadResumeWarningAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"resume\":true", "/resume")]
    [InlineData("\"transport\":\"run\"", "/transport")]
    [InlineData("\"transport\":\"gateway\"", "/transport")]
    [InlineData("\"gateway\":{\"cacheTtl\":60}", "/gateway/cacheTtl")]
    [InlineData("\"gateway\":{\"skipCache\":true}", "/gateway/skipCache")]
    [InlineData("\"gateway\":{\"cacheKey\":\"k\"}", "/gateway/cacheKey")]
    [InlineData("\"byokAlias\":\"mine\"", "/gateway/byokAlias")]
    [InlineData("\"zdr\":true", "/zdr")]
    [InlineData("\"fallback\":{\"mode\":\"server\",\"models\":[\"openai/a\"]}", "/fallback/mode")]
    public async Task What_needs_the_gateway_is_refused(string more, string pointer) =>
        await RefusedAsync(Configured.BridgeAndUpstreams, $"{{\"model\":\"local/m\",{Input},{more}}}", pointer, "local is asked without it");

    [Fact]
    public async Task The_gateway_does_not_fall_back_to_it() => await RefusedAsync(
        Configured.BridgeAndUpstreams,
        $"{{\"model\":\"openai/a\",{Input},\"fallback\":{{\"mode\":\"server\",\"models\":[\"local/m\"]}}}}",
        "/fallback/mode",
        "local is asked without it");

    [Fact]
    public async Task Without_a_gateway_its_models_are_refused_in_every_leg()
    {
        await RefusedAsync(Configured.UpstreamsAlone, $"{{\"model\":\"openai/a\",{Input}}}", "/model", "only these upstreams: local");
        await RefusedAsync(
            Configured.UpstreamsAlone,
            $"{{\"model\":\"local/m\",{Input},\"fallback\":{{\"models\":[\"@cf/a/b\"]}}}}",
            "/fallback/models/0",
            "only these upstreams: local");
    }

    private static async Task RefusedAsync(ITransports transports, string body, string pointer, string said)
    {
        await using var host = await ApiHost.StartAsync(transports);
        using var response = await host.Http.SubmitAsync(body);

        var error = Assert.Single((await response.ReadProblemAsync(HttpStatusCode.BadRequest, "config")).Errors());
        Assert.Equal(pointer, error.Where);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Runs.Submissions);
    }
}
