using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Health;

/// <summary>Liveness and readiness; open to all callers.</summary>
internal static class HealthApi
{
    public const string Live = "/healthz";
    public const string Ready = "/readyz";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        Map(routes, Live, LiveAsync).Describe(Operations.Live);
        Map(routes, Ready, ReadyAsync).Describe(Operations.Ready);
    }

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string pattern, Delegate handler)
    {
        routes.MapMethods(pattern, [HttpMethods.Head], handler).ExcludeFromDescription();
        return routes.MapGet(pattern, handler);
    }

    private static Task LiveAsync(HttpContext context) => context.WriteJsonAsync("live", Write);

    private static Task ReadyAsync(HttpContext context, IReadiness readiness)
    {
        var (ready, reason) = readiness.Check();
        return ready ? context.WriteJsonAsync("ready", Write) : context.WriteProblemAsync(NotReady(reason));
    }

    private static Problem NotReady(string? reason) => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = ProblemCodes.NotReady,
        Detail = reason ?? "The service is not ready.",
        RetryAfter = 5,
    };

    private static void Write(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("status", status);
        json.WriteEndObject();
    }
}
