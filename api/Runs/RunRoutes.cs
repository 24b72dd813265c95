using Microsoft.AspNetCore.Http;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>Where runs are.</summary>
internal static class RunRoutes
{
    public const string Runs = "/v1/runs";
    public const string Run = Runs + "/{id}";

    /// <summary>For the <c>Location</c> header.</summary>
    public static string Location(HttpContext context, RunId id) => $"{context.Request.PathBase}{Runs}/{id}";
}
