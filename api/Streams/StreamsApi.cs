using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Streams;

/// <summary>The two streams of a run: its events, and the gateway's own bytes.</summary>
internal static class StreamsApi
{
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(RunRoutes.Run + "/events", EventsAsync).Needs(Role.Read).Describe(Operations.Events);
        routes.MapGet(RunRoutes.Run + "/stream", StreamAsync).Needs(Role.Read).Describe(Operations.Stream);
    }

    private static Task EventsAsync(HttpContext context, string id, IRuns runs, StreamResponder streams)
    {
        var (after, problem) = StreamPosition.After(context.Request);
        return Refusal(id, problem, out var runId) is { } refusal
            ? context.WriteProblemAsync(refusal)
            : streams.EventsAsync(context, runs, runId, after);
    }

    private static Task StreamAsync(HttpContext context, string id, IRuns runs, StreamResponder streams)
    {
        var (from, problem) = StreamPosition.From(context.Request);
        return Refusal(id, problem, out var runId) is { } refusal
            ? context.WriteProblemAsync(refusal)
            : streams.UpstreamAsync(context, runs, runId, from);
    }

    private static Problem? Refusal(string id, Problem? problem, out RunId runId) =>
        RunId.TryParse(id, out runId) ? problem : KnownProblems.RunNotFound;
}
