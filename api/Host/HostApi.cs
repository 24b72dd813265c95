using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Api.Host;

/// <summary>
/// <c>GET /v1/system</c>: how the host that answers fares. For operators: it is of all tenants' runs together.
/// </summary>
internal static class HostApi
{
    public static void MapHost(this IEndpointRouteBuilder routes)
    {
        // Counts from the first run on, not from the first call on.
        _ = routes.ServiceProvider.GetRequiredService<HostMeter>();
        routes.MapRead("/v1/system", ReadAsync, Role.Operate).Describe(HostOperations.System);
    }

    private static async Task ReadAsync(HttpContext context, HostMeter meter, IReadiness readiness, TimeProvider clock)
    {
        var (ready, reason) = readiness.Check();
        using var process = Process.GetCurrentProcess();
        var answer = new HostAnswer(
            context.RequestServices.GetService<HostFacts>(),
            context.RequestServices.GetService<EngineOptions>(),
            context.RequestServices.GetService<IHosts>() is { } hosts ? await hosts.ListAsync(context.RequestAborted) : null,
            meter.Read(),
            ready,
            reason,
            clock.GetUtcNow(),
            new DateTimeOffset(process.StartTime),
            process.WorkingSet64);
        await context.WriteJsonAsync(answer, HostJson.Write);
    }
}
