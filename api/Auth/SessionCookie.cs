using Microsoft.AspNetCore.Http;

namespace Orchestrator.Api.Auth;

/// <summary>The cookie of a browser that has signed in. No script reads it, no other site's page sends it.</summary>
internal static class SessionCookie
{
    public const string Name = "orchestrator_session";

    /// <summary>
    /// Only a page of this site can add it to a request: a form can not, and a script of elsewhere has to ask first, which nothing here allows.
    /// </summary>
    public const string CsrfHeader = "X-Orchestrator-Csrf";

    public static string? Of(HttpContext context) => context.Request.Cookies.TryGetValue(Name, out var ticket) && ticket.Length > 0 ? ticket : null;

    public static void Set(HttpContext context, string ticket, TimeSpan lifetime) =>
        context.Response.Cookies.Append(Name, ticket, Options(context, lifetime));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    /// <summary>Whether the request changes something and does not prove that a page of this site makes it.</summary>
    public static bool LacksProof(HttpContext context)
    {
        var method = context.Request.Method;
        return !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && context.Request.Headers[CsrfHeader] != "1";
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"] == "https",
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
