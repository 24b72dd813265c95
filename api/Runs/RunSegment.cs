using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Orchestrator.Api.Runs;

/// <summary>
/// Keeps <c>/v1/runs/feed</c>, <c>/cancel</c> and <c>/delete</c> from being taken for runs by methods that they do not have: those are 405,
/// not a run that there is not.
/// </summary>
internal sealed class RunSegment : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    /// <summary>In route patterns.</summary>
    public const string Name = "run";

    private static readonly string[] Words = ["feed", "cancel", "delete"];

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string text && MatchesLiteral(routeKey, text);

    public bool MatchesLiteral(string parameterName, string literal) => !Words.Contains(literal, StringComparer.OrdinalIgnoreCase);
}
