using Microsoft.AspNetCore.Http;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>Where runs are.</summary>
internal static class RunRoutes
{
    public const string Runs = "/v1/runs";

    /// <summary>Any id, good or bad, but not the words that stand in its place: see <see cref="RunSegment"/>.</summary>
    public const string Run = Runs + "/{id:" + RunSegment.Name + "}";

    /// <summary>For the <c>Location</c> header.</summary>
    public static string Location(HttpContext context, RunId id) => $"{context.Request.PathBase}{Runs}/{id}";
}
