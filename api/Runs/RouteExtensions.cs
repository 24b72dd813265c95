using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;

namespace Orchestrator.Api.Runs;

internal static class RouteExtensions
{
    /// <summary>GET, and HEAD with it, for callers that may read.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapRead(pattern, handler, Role.Read);

    /// <summary>GET, and HEAD with it.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler, Role role)
    {
        routes.MapMethods(pattern, [HttpMethods.Head], handler).Needs(role).ExcludeFromDescription();
        return routes.MapGet(pattern, handler).Needs(role);
    }

    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, Role role) => endpoint.WithMetadata(new NeededRole(role));
}
