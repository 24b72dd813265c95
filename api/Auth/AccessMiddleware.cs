using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Auth;

/// <summary>Lets a request through to its endpoint only if its caller has the role that the endpoint names.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRing keys)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeededRole>() is not { Role: var needed })
        {
            return next(context);
        }

        if (keys.IsOpen)
        {
            return LetInLocal(context);
        }

        var token = BearerToken.Of(context.Request.Headers.Authorization);
        if (token is null || keys.Find(token) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = token is null
                ? "Bearer realm=\"orchestrator\""
                : "Bearer realm=\"orchestrator\", error=\"invalid_token\"";
            return context.WriteProblemAsync(Unauthorized(token is null ? "Send Authorization: Bearer <key>." : "The service does not know this key."));
        }

        if (!caller.Roles.Allows(needed))
        {
            return context.WriteProblemAsync(Forbidden($"The key has not the role '{needed.ToWire()}', which this call needs."));
        }

        context.SetCaller(caller);
        return next(context);
    }

    public static Problem Forbidden(string detail) =>
        new() { Status = StatusCodes.Status403Forbidden, Code = ProblemCodes.Forbidden, Detail = detail };

    private Task LetInLocal(HttpContext context)
    {
        if (LoopbackCaller.Objection(context) is { } objection)
        {
            return context.WriteProblemAsync(Forbidden($"{objection} Set Auth:Keys and send Authorization: Bearer <key> to open it to others."));
        }

        context.SetCaller(Caller.Local);
        return next(context);
    }

    private static Problem Unauthorized(string detail) =>
        new() { Status = StatusCodes.Status401Unauthorized, Code = ProblemCodes.Unauthorized, Detail = detail };
}
