using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Api.OpenApi;

/// <summary>The OpenAPI document.</summary>
internal static class ApiDocument
{
    public const string Route = "/openapi/v1.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Route);
}
