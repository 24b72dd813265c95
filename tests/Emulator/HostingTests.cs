using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task It_can_be_mapped_into_another_application_below_a_prefix()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAiGatewayEmulator(static o => o.DefaultRate = 0);
        await using var app = builder.Build();
        app.MapGroup("/gateway").MapAiGatewayEmulator();
        await app.StartAsync();
        using HttpClient http = new();

        using var response = await http.PostAsync(
            new Uri($"{app.Urls.First()}/gateway/run"), new StringContent("{\"model\":\"openai/gpt\",\"inputs\":{\"stream\":true}}"));

        Assert.Contains("[DONE]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_stops_is_not_held_up_by_a_stream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAiGatewayEmulator();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        await using var app = builder.Build();
        app.MapAiGatewayEmulator();
        await app.StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{app.Urls.First()}/run")
        {
            Content = new StringContent("{\"model\":\"openai/gpt~stall=1x*\",\"inputs\":{\"stream\":true}}"),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        var runId = response.Headers.GetValues("cf-aig-run-id").Single();
        using var resumed = await http.GetAsync(
            new Uri($"{app.Urls.First()}/ai-gateway/gateways/default/run/{runId}/resume"), HttpCompletionOption.ResponseHeadersRead);

        await app.StopAsync().WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Options_that_can_not_be_followed_fail_at_start()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(
            () => EmulatorHost.StartAsync(new() { DefaultRate = -1, BufferTtl = TimeSpan.Zero }));

        Assert.Equal(2, problem.Failures.Count());
    }

    [Fact]
    public async Task A_body_that_is_no_run_is_refused()
    {
        await using var bridge = await Bridge.StartAsync();

        foreach (var body in (string[])["", "[]", "{}", "{\"model\":1}", "{\"model\":\"openai/gpt\""])
        {
            using var response = await bridge.Http.PostAsync("/run", new StringContent(body));
            Assert.Equal(400, (int)response.StatusCode);
        }
    }
}
