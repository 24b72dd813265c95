using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Api.Statistics;

/// <summary><c>GET /v1/stats</c>: what the tenant's runs did, by time, and which of them need a look.</summary>
internal static class StatsApi
{
    public static void MapStats(this IEndpointRouteBuilder routes) => routes.MapRead("/v1/stats", StatsAsync).Describe(StatsOperations.Stats);

    private static async Task StatsAsync(HttpContext context, IOperations operations, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (query, problem) = StatsQuery.Read(context.Request.Query, now);
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        var question = new StatQuestion(context.Caller().Tenant, query!.From, query.To, query.Step, query.By, now);
        var overview = await operations.OverviewAsync(question, context.RequestAborted);
        await context.WriteJsonAsync(new StatsAnswer(query, overview), StatsJson.Write);
    }
}
