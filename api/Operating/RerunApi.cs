using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Operating;

/// <summary><c>POST /v1/runs/{id}/rerun</c>: a new run of the same submission.</summary>
internal static class RerunApi
{
    public static void MapRerun(this IEndpointRouteBuilder routes) =>
        routes.MapPost(RunRoutes.Run + "/rerun", RerunAsync).Needs(Role.Operate).Describe(OperatingOperations.Rerun);

    private static async Task RerunAsync(
        HttpContext context, string id, IRuns runs, IOperations operations, ITransports transports, ApiOptions options)
    {
        var (key, problem) = IdempotencyKey.Read(context.Request.Headers[IdempotencyKey.Header]);
        string? model = null;
        if (problem is null)
        {
            (model, problem) = await RerunBody.ReadAsync(context, options);
        }

        var origin = problem is null && RunId.TryParse(id, out var runId) ? await FindAsync(context, runId, operations) : (null, null);
        if ((problem ?? origin.Problem) is { } refused)
        {
            await context.WriteProblemAsync(refused);
            return;
        }

        if (origin.Submission is not { } submission)
        {
            await context.WriteProblemAsync(KnownProblems.RunNotFound);
            return;
        }

        var (again, mismatch) = RerunSubmission.Of(submission, RunId.Parse(id), model, transports);
        if (again is null)
        {
            await context.WriteProblemAsync(mismatch!);
            return;
        }

        await SubmitApi.AnswerAsync(context, await runs.SubmitAsync(
            again with
            {
                Trace = CallerTrace.Of(context.Request),
                IdempotencyKey = key,
                RequestHash = key is null ? null : Hash(id, model),
            },
            context.RequestAborted));
    }

    private static async ValueTask<(Submission? Submission, Problem? Problem)> FindAsync(HttpContext context, RunId id, IOperations operations)
    {
        try
        {
            return (await operations.GetSubmissionAsync(context.Caller().Tenant, id, context.RequestAborted), null);
        }
        catch (CryptographicException)
        {
            return (null, KnownProblems.Config([new ProblemError(
                ProblemPlace.Pointer, "/extraHeaders", "The values of the run's headers were sealed with a key that is gone: submit it anew with its headers.")]));
        }
    }

    private static string Hash(string id, string? model) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"rerun {id} {model}")));
}
