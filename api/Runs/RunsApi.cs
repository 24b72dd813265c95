using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>Reading, listing, cancelling and deleting runs.</summary>
internal static class RunsApi
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(RunRoutes.Run, GetAsync).Describe(Operations.Get);
        routes.MapRead(RunRoutes.Runs, ListAsync).Describe(Operations.List);
        routes.MapPost(RunRoutes.Run + "/cancel", CancelAsync).Needs(Role.Submit).Describe(Operations.Cancel);
        routes.MapDelete(RunRoutes.Run, DeleteAsync).Needs(Role.Operate).Describe(Operations.Delete);
    }

    private static async Task GetAsync(HttpContext context, string id, IRuns runs)
    {
        var run = RunId.TryParse(id, out var runId) ? await runs.GetAsync(context.Caller().Tenant, runId, context.RequestAborted) : null;
        await context.WriteRunAsync(run);
    }

    private static async Task ListAsync(HttpContext context, IRuns runs, ApiOptions options)
    {
        var (query, problem) = ListQuery.Read(context.Request.QueryString, context.Caller().Tenant, options);
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        await context.WriteJsonAsync(await runs.ListAsync(query!, context.RequestAborted), RunPageJson.Write);
    }

    private static async Task CancelAsync(HttpContext context, string id, IRuns runs)
    {
        var run = RunId.TryParse(id, out var runId) ? await runs.CancelAsync(context.Caller().Tenant, runId, context.RequestAborted) : null;
        await context.WriteRunAsync(run);
    }

    private static async Task DeleteAsync(HttpContext context, string id, IRuns runs)
    {
        var outcome = RunId.TryParse(id, out var runId)
            ? await runs.DeleteAsync(context.Caller().Tenant, runId, context.RequestAborted)
            : DeleteOutcome.NotFound;
        switch (outcome)
        {
            case DeleteOutcome.Deleted:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case DeleteOutcome.Active:
                await context.WriteProblemAsync(KnownProblems.RunActive);
                break;
            default:
                await context.WriteProblemAsync(KnownProblems.RunNotFound);
                break;
        }
    }

    private static Task WriteRunAsync(this HttpContext context, RunView? run) =>
        run is null ? context.WriteProblemAsync(KnownProblems.RunNotFound) : context.WriteJsonAsync(run, RunResource.Write);
}
