using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Statistics;

/// <summary><c>GET /v1/stats</c>: what the tenant's runs did, by time, and which of them need a look.</summary>
internal static class StatsApi
{
    public static void MapStats(this IEndpointRouteBuilder routes) => routes.MapRead("/v1/stats", Stats).Describe(StatsOperations.Stats);

    private static Task Stats(HttpContext context, IOperations operations, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (query, problem) = StatsQuery.Read(context.Request.Query, now);
        if (problem is not null)
        {
            return context.WriteProblemAsync(problem);
        }

        var tenant = context.Caller().Tenant;
        var report = operations.Statistics.Report(tenant, query!.From, query.To, query.Step, query.By, now, operations.Queued(tenant));
        return context.WriteJsonAsync(new StatsAnswer(query, report, operations.Attention(tenant)), StatsJson.Write);
    }
}
