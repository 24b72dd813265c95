using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Orchestrator.Api.Auth;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Api.Streams;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Feed;

/// <summary><c>GET /v1/runs/feed</c>: the changes of all runs of the tenant.</summary>
internal static class FeedApi
{
    public static void MapFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet(RunRoutes.Runs + "/feed", FeedAsync).Needs(Role.Read).Describe(FeedOperations.Feed);

    private static async Task FeedAsync(
        HttpContext context, IOperations operations, FeedClock clock, TimeProvider time, ApiOptions options, IHostApplicationLifetime lifetime)
    {
        var (statuses, problem) = FeedRequest.Statuses(context, options);
        FeedPosition position = default;
        var hasPosition = false;
        if (problem is null && context.Request.Headers[FeedRequest.LastEventId] is { Count: > 0 } given && !(hasPosition = FeedPosition.TryParse(given, out position)))
        {
            problem = KnownProblems.InvalidHeader(FeedRequest.LastEventId, "Give the id of the last event that was read, as it was.");
        }

        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
            return;
        }

        StreamResponder.Prepare(context);
        await context.Response.StartAsync(context.RequestAborted);
        using var left = context.UntilLeft(lifetime.ApplicationStopping, time);
        clock.Enter();
        try
        {
            // What other hosts did until now is before its place, or what it has missed.
            await clock.HeardAsync(left.Token);
            position = hasPosition ? position : operations.Changes.Head;
            await new FeedWriter(operations.Changes, clock, time, context.Response.BodyWriter)
                .RunAsync(new FeedQuestion(context.Caller().Tenant, statuses, position, position.Number), left.Token);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The client has gone; or the service stops, or its session is over: then it comes back with its place.
        }
        finally
        {
            clock.Leave();
        }
    }
}
