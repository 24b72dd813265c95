using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.OpenApi;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Api.Session;

/// <summary>Signing in with a key, for browsers: the key is sent once, and a cookie that no script can read stands for it.</summary>
internal static class SessionApi
{
    public const string Route = "/v1/session";
    private const int MaxBodyBytes = 16 * 1024;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Route, SignInAsync).Describe(SessionOperations.SignIn);
        routes.MapRead(Route, Show, Role.None).Describe(SessionOperations.Show);
        routes.MapDelete(Route, (Delegate)SignOutAsync).Describe(SessionOperations.SignOut);
    }

    private static async Task SignInAsync(HttpContext context, SessionTickets tickets, KeyRing keys, ApiOptions options)
    {
        var (body, bodyProblem) = await RequestBody.ReadAsync(context, MaxBodyBytes);
        var (key, problem) = bodyProblem is null ? ReadKey(body, options.MaxDepth) : (null, bodyProblem);
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem);
        }
        else if (tickets.TryIssue(key!) is not var (ticket, _))
        {
            await context.WriteProblemAsync(AccessMiddleware.Unauthorized(keys.IsOpen
                ? "The service has no keys: on its own machine nobody needs to sign in."
                : "The service does not know this key."));
        }
        else
        {
            SessionCookie.Set(context, ticket, SessionTickets.Lifetime);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static Task Show(HttpContext context, SessionTickets tickets, KeyRing keys) =>
        context.WriteJsonAsync(context.Caller(), (json, caller) =>
        {
            json.WriteStartObject();
            json.WriteString("tenant", caller.Tenant);
            json.WriteStartArray("roles");
            foreach (var role in RoleExtensions.All.Where(role => caller.Roles.Allows(role)))
            {
                json.WriteStringValue(role.ToWire());
            }

            json.WriteEndArray();
            RunJson.WriteTime(json, "expiresAt", context.SignedIn()?.ExpiresAt);
            json.WriteBoolean("open", keys.IsOpen);
            json.WriteEndObject();
        });

    private static Task SignOutAsync(HttpContext context)
    {
        if (SessionCookie.Of(context) is not null && SessionCookie.LacksProof(context))
        {
            return context.WriteProblemAsync(AccessMiddleware.Csrf);
        }

        SessionCookie.Clear(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static (string? Key, Problem? Problem) ReadKey(ReadOnlyMemory<byte> body, int maxDepth)
    {
        var problems = new ProblemList();
        using var document = JsonBody.TryParse(body, maxDepth, problems);
        string? key = null;
        if (document is not null && JsonFields.Of(document.RootElement, "", ["key"], problems) is { } fields)
        {
            key = fields.Text("key", MaxBodyBytes);
            if (key is null && problems.IsEmpty)
            {
                problems.Add("/key", "Give a key of Auth:Keys.");
            }
        }

        return problems.IsEmpty ? (key, null) : (null, problems.ToProblem());
    }
}
