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

        var (run, isNew) = (default(RunView), false);
        switch (await runs.SubmitAsync(submission!, context.RequestAborted))
        {
            case SubmitOutcome.Accepted accepted:
                (run, isNew) = (accepted.Run, true);
                break;
            case SubmitOutcome.Repeated repeated:
                run = repeated.Run;
                break;
            case SubmitOutcome.KeyConflict conflict:
                await context.WriteProblemAsync(KnownProblems.KeyConflict(conflict.Run));
                return;
            case SubmitOutcome.Stopping:
                await context.WriteProblemAsync(KnownProblems.Stopping);
                return;
        }

        context.Response.Headers.Location = RunRoutes.Location(context, run!.Id);
        if (asStream)
        {
            await streams.EventsAsync(context, runs, run.Id, after: 0);
            return;
        }

        context.Response.StatusCode = isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        await context.WriteJsonAsync(run, RunResource.Write);
    }

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
