using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Auth;

/// <summary>Lets a request through to its endpoint only if its caller has the role that the endpoint names.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRing keys, SessionTickets tickets)
{
    public static readonly Problem Csrf = new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = ProblemCodes.Csrf,
        Detail = $"A request that changes something with the session's cookie needs the header {SessionCookie.CsrfHeader}: 1.",
    };

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

        if (context.Request.Headers.Authorization.Count == 0 && SessionCookie.Of(context) is { } ticket)
        {
            return LetInSession(context, ticket, needed);
        }

        var token = BearerToken.Of(context.Request.Headers.Authorization);
        if (token is null || keys.Find(token) is not { } caller)
        {
            context.Response.Headers.WWWAuthenticate = token is null ? BearerToken.Challenge : $"{BearerToken.Challenge}, error=\"invalid_token\"";
            return context.WriteProblemAsync(Unauthorized(token is null ? "Send Authorization: Bearer <key>." : "The service does not know this key."));
        }

        context.SetCaller(caller);
        return LetIn(context, caller, needed);
    }

    public static Problem Forbidden(string detail) =>
        new() { Status = StatusCodes.Status403Forbidden, Code = ProblemCodes.Forbidden, Detail = detail };

    public static Problem Unauthorized(string detail) =>
        new() { Status = StatusCodes.Status401Unauthorized, Code = ProblemCodes.Unauthorized, Detail = detail };

    private Task LetInLocal(HttpContext context)
    {
        if (LoopbackCaller.Objection(context) is { } objection)
        {
            return context.WriteProblemAsync(Forbidden($"{objection} Set Auth:Keys and send Authorization: Bearer <key> to open it to others."));
        }

        context.SetCaller(Caller.Local);
        return next(context);
    }

    private Task LetInSession(HttpContext context, string ticket, Role needed)
    {
        if (tickets.Read(ticket) is not { } session)
        {
            return context.WriteProblemAsync(Unauthorized("The session has ended, or its key is gone: sign in again."));
        }

        if (SessionCookie.LacksProof(context))
        {
            return context.WriteProblemAsync(Csrf);
        }

        context.SetSignedIn(session);
        return LetIn(context, session.Caller, needed);
    }

    private Task LetIn(HttpContext context, Caller caller, Role needed) => caller.Roles.Allows(needed)
        ? next(context)
        : context.WriteProblemAsync(Forbidden($"The key has not the role '{needed.ToWire()}', which this call needs."));
}
