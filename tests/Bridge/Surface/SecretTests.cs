using System.Net;
using Orchestrator.Bridge.Tests.Kit;
using Orchestrator.TestKit.Workers;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>Nobody gets past the bridge without its secret.</summary>
public sealed class SecretTests(BridgeSite site) : IClassFixture<BridgeSite>
{
    [BridgeTheory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer a")]
    [InlineData("Bearer " + BridgeSite.Secret + "x")]
    [InlineData("Bearer " + BridgeSite.Secret + ", Bearer " + BridgeSite.Secret)]
    [InlineData("Basic " + BridgeSite.Secret)]
    [InlineData(BridgeSite.Secret)]
    public async Task A_call_without_the_secret_is_refused_before_anything_is_asked(string? authorization)
    {
        foreach (var (method, path) in new[]
        {
            ("POST", "/run"), ("GET", "/ai-gateway/gateways/default/run/r/resume"), ("POST", "/gateways/default/run"),
            ("GET", "/gateways/default/logs/l"), ("PATCH", "/gateways/default/logs/l"), ("GET", "/gateways/default/url"), ("POST", "/ai-search/handbook"),
            ("GET", "/"),
        })
        {
            using var response = await SendAsync(site.Worker.Address, method, path, authorization);
            var (status, code, message) = await response.ErrorAsync();
            Assert.Equal(401, status);
            Assert.Equal("unauthorized", code);
            Assert.Contains("Authorization: Bearer", message, StringComparison.Ordinal);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        }

        Assert.Equal(0, site.Emulator.Counters.Dispatches + site.Emulator.Counters.Resumes);
    }

    [BridgeTheory]
    [InlineData("Bearer " + BridgeSite.Secret)]
    [InlineData("bearer  " + BridgeSite.Secret)]
    public async Task The_secret_opens_it(string authorization)
    {
        using var response = await SendAsync(site.Worker.Address, "GET", "/gateways/default/url", authorization);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [BridgeTheory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_bridge_that_was_given_no_secret_lets_nobody_in(string? secret)
    {
        await using var worker = await BridgeWorker.StartAsync(site.Emulator.Address, secret);
        foreach (var authorization in new[] { null, "Bearer", "Bearer ", "Bearer undefined" })
        {
            using var response = await SendAsync(worker.Address, "GET", "/gateways/default/url", authorization);
            var (status, _, message) = await response.ErrorAsync();
            Assert.Equal(401, status);
            Assert.Contains("wrangler secret put BRIDGE_SECRET", message, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Whatever the length and the beginning of what is sent, as many bytes are compared, by the runtime's comparison in constant time, and
    /// nothing else has a say: it lets in whom that lets in, and nobody whom it does not.
    /// </summary>
    [BridgeFact]
    public async Task The_secret_is_compared_in_constant_time_and_by_nothing_else()
    {
        await using var worker = await BridgeWorker.StartAsync(site.Emulator.Address, BridgeSite.Secret, BridgeBinding.Scripted);
        string[] others = ["x", BridgeSite.Secret[..1], BridgeSite.Secret[..^1], BridgeSite.Secret + "x", BridgeSite.Secret[..^1] + "x", new('x', 5_000)];
        foreach (var token in others)
        {
            Assert.Equal(401, await StatusAsync(worker, token));
        }

        using (var told = await SendAsync(worker.Address, "POST", "/run", "Bearer " + BridgeSite.Secret, "compared"))
        {
            var pairs = (await told.JsonAsync()).EnumerateArray().Select(static pair => pair.GetRawText());
            Assert.Equal(Enumerable.Repeat("[32,32]", others.Length + 1), pairs, StringComparer.Ordinal);
        }

        Assert.Equal(200, await StatusAsync(worker, BridgeSite.Secret, "verdict:true"));
        foreach (var token in others)
        {
            Assert.Equal(200, await StatusAsync(worker, token));
        }

        Assert.Equal(200, await StatusAsync(worker, "anyone", "verdict:false"));
        Assert.Equal(401, await StatusAsync(worker, BridgeSite.Secret));
    }

    private static async Task<int> StatusAsync(BridgeWorker worker, string token, string model = "openai/m")
    {
        using var response = await SendAsync(worker.Address, "POST", "/run", "Bearer " + token, model);
        return (int)response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(Uri address, string method, string path, string? authorization, string model = "openai/m")
    {
        using var http = new HttpClient { BaseAddress = address };
        if (authorization is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        return await http.SendAsync(method, path, method == "GET" ? null : Calls.RunBody(model));
    }
}
