using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Dashboard;

/// <summary>
/// The dashboard's pages under <c>/dashboard</c>. They hold nothing of anybody's: what they show, the browser fetches over the HTTP API
/// with the rights of who signed in there.
/// </summary>
public static class DashboardSite
{
    public const string Path = "/dashboard";

    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes.MapDashboard(SiteFiles.Load());
    }

    internal static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder routes, IReadOnlyDictionary<string, Lazy<SiteFile>> files)
    {
        var site = new SiteResponder(files);
        routes.MapMethods(Path + "/{**path}", [HttpMethods.Get, HttpMethods.Head], site.RespondAsync).ExcludeFromDescription();
        return routes;
    }
}
