using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Api.Streams;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Submit;

/// <summary><c>POST /v1/runs</c>.</summary>
internal static class SubmitApi
{
    public static void MapSubmit(this IEndpointRouteBuilder routes) => routes.MapPost(RunRoutes.Runs, SubmitAsync).Needs(Role.Submit).Describe(Operations.Submit);

    private static async Task SubmitAsync(HttpContext context, IRuns runs, ITransports transports, ApiOptions options, StreamResponder streams)
    {
        var asStream = EventStreamAccept.IsPreferred(context.Request);
        if (asStream && !context.Caller().Roles.Allows(Role.Read))
        {
            await context.WriteProblemAsync(AccessMiddleware.Forbidden(
                "The key may submit but not read: submit without Accept: text/event-stream, or use a key with the role 'read'."));
            return;
        }

        var (submission, problem) = await ReadAsync(context, transports, options);
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        var outcome = await runs.SubmitAsync(submission!, context.RequestAborted);
        if (asStream && RunOf(outcome) is { } followed)
        {
            context.Response.Headers.Location = RunRoutes.Location(context, followed.Id);
            await streams.EventsAsync(context, runs, followed.Id, after: 0);
            return;
        }

        await AnswerAsync(context, outcome);
    }

    /// <summary>The run, or why there is none.</summary>
    public static Task AnswerAsync(HttpContext context, SubmitOutcome outcome)
    {
        if (RunOf(outcome) is not { } run)
        {
            return context.WriteProblemAsync(outcome is SubmitOutcome.KeyConflict conflict ? KnownProblems.KeyConflict(conflict.Run) : KnownProblems.Stopping);
        }

        context.Response.Headers.Location = RunRoutes.Location(context, run.Id);
        context.Response.StatusCode = outcome is SubmitOutcome.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        return context.WriteJsonAsync(run, RunResource.Write);
    }

    private static RunView? RunOf(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Accepted accepted => accepted.Run,
        SubmitOutcome.Repeated repeated => repeated.Run,
        _ => null,
    };

    private static async Task<(Submission? Submission, Problem? Problem)> ReadAsync(
        HttpContext context, ITransports transports, ApiOptions options)
    {
        var (key, keyProblem) = IdempotencyKey.Read(context.Request.Headers[IdempotencyKey.Header]);
        if (keyProblem is not null)
        {
            return (null, keyProblem);
        }

        var (body, bodyProblem) = await RequestBody.ReadAsync(context, options.MaxBodyBytes);
        if (bodyProblem is not null)
        {
            return (null, bodyProblem);
        }

        var (parsed, problem) = SubmitParser.Parse(body, options.MaxDepth, transports);
        return parsed is null
            ? (null, problem)
            : (new Submission
            {
                Tenant = context.Caller().Tenant,
                Spec = parsed.Spec,
                Inputs = parsed.Inputs,
                ExtraHeaders = parsed.ExtraHeaders,
                Trace = CallerTrace.Of(context.Request),
                IdempotencyKey = key,
                RequestHash = key is null ? null : Convert.ToHexStringLower(SHA256.HashData(body.Span)),
            }, null);
    }
}
