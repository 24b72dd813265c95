using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <summary>Cancelling and deleting many runs, by a list or by a filter.</summary>
internal static class BulkApi
{
    private static readonly RunStatus[] Unfinished = [RunStatus.Queued, RunStatus.Running];
    private static readonly RunStatus[] Ended = [RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled];

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(RunRoutes.Runs + "/cancel", CancelAsync).Needs(Role.Operate).Describe(OperatingOperations.CancelMany);
        routes.MapPost(RunRoutes.Runs + "/delete", DeleteAsync).Needs(Role.Operate).Describe(OperatingOperations.DeleteMany);
    }

    private static Task CancelAsync(HttpContext context, IRuns runs, IOperations operations, ApiOptions options, TimeProvider clock) =>
        AnswerAsync(context, runs, options, clock, Unfinished, async (id, cancellationToken) =>
            await operations.StopAsync(context.Caller().Tenant, id, cancellationToken) switch
            {
                StopOutcome.Cancelled => "cancelled",
                StopOutcome.AlreadyEnded => "already-ended",
                StopOutcome.Active => "active",
                _ => "not-found",
            });

    private static Task DeleteAsync(HttpContext context, IRuns runs, ApiOptions options, TimeProvider clock) =>
        AnswerAsync(context, runs, options, clock, Ended, async (id, cancellationToken) =>
            await runs.DeleteAsync(context.Caller().Tenant, id, cancellationToken) switch
            {
                DeleteOutcome.Deleted => "deleted",
                DeleteOutcome.Active => "active",
                _ => "not-found",
            });

    /// <param name="context">The request.</param>
    /// <param name="runs">Where they are.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="clock">A call ends in time.</param>
    /// <param name="possible">Whom it can do anything to: a filter finds no others.</param>
    /// <param name="act">Answers the outcome.</param>
    private static async Task AnswerAsync(
        HttpContext context, IRuns runs, ApiOptions options, TimeProvider clock, RunStatus[] possible, Func<RunId, CancellationToken, Task<string>> act)
    {
        var (body, problem) = await RequestBody.ReadAsync(context, options.MaxBodyBytes);
        var request = default(BulkRequest);
        if (problem is null)
        {
            (request, problem) = BulkParser.Parse(body, options.MaxDepth, context.Caller().Tenant);
        }

        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        var bulk = new BulkRun(runs, Within(request!, possible), act, clock);
        await context.WriteJsonAsync(await bulk.RunAsync(context.RequestAborted), Write);
    }

    private static BulkRequest Within(BulkRequest request, RunStatus[] possible) => request.Filter is not { } filter
        ? request
        : request with { Filter = filter with { Statuses = filter.Statuses.Count == 0 ? possible : [.. filter.Statuses.Intersect(possible)] } };

    private static void Write(Utf8JsonWriter json, BulkAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("matched", answer.Matched);
        json.WriteStartArray("results");
        foreach (var result in answer.Results)
        {
            json.WriteStartObject();
            json.WriteString("id", result.Id);
            json.WriteString("outcome", result.Outcome);
            if (result.Error is { } error)
            {
                json.WriteString("error", error);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("more", answer.Next is not null);
        json.WriteString("next", answer.Next is { } next ? ListCursor.Of(next) : null);
        json.WriteEndObject();
    }
}
