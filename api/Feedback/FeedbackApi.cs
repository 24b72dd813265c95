using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Api.Feedback;

/// <summary>The gateway's log of a run: reading it, and writing feedback to it.</summary>
internal static class FeedbackApi
{
    public static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(RunRoutes.Run + "/feedback", SendAsync).Needs(Role.Submit).Describe(Operations.Feedback);
        routes.MapRead(RunRoutes.Run + "/log", GetLogAsync).Describe(Operations.Log);
    }

    private static async Task SendAsync(HttpContext context, string id, IRuns runs, ApiOptions options)
    {
        var (body, refused) = await RequestBody.ReadAsync(context, options.MaxBodyBytes);
        var (patch, problem) = refused is null ? FeedbackParser.Parse(body, options.MaxDepth) : (null, refused);
        if (problem is null)
        {
            problem = ProblemOf(RunId.TryParse(id, out var runId)
                ? await runs.SendFeedbackAsync(context.Caller().Tenant, runId, patch!, context.RequestAborted)
                : new FeedbackOutcome.NoRun());
        }

        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Problem? ProblemOf(FeedbackOutcome outcome) => outcome switch
    {
        FeedbackOutcome.Sent => null,
        FeedbackOutcome.NoLog => KnownProblems.NoLog,
        FeedbackOutcome.Refused { Error: var error } => ProblemOf(error),
        _ => KnownProblems.RunNotFound,
    };

    private static async Task GetLogAsync(HttpContext context, string id, IRuns runs)
    {
        var tenant = context.Caller().Tenant;
        var isId = RunId.TryParse(id, out var runId);
        var log = isId ? await runs.GetLogAsync(tenant, runId, context.RequestAborted) : null;
        if (log is null)
        {
            var exists = isId && await runs.GetAsync(tenant, runId, context.RequestAborted) is not null;
            await context.WriteProblemAsync(exists ? KnownProblems.NoLog : KnownProblems.RunNotFound);
            return;
        }

        await (log.Error is { } error
            ? context.WriteProblemAsync(ProblemOf(error))
            : context.WriteBodyAsync(log.Body, JsonAnswer.ContentType));
    }

    private static Problem ProblemOf(GatewayError error) =>
        error.Code == ErrorCodes.NotFound ? KnownProblems.LogNotFound : KnownProblems.Upstream(error);
}
