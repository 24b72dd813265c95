using Microsoft.AspNetCore.Http;

namespace Orchestrator.Api.Auth;

internal static class CallerExtensions
{
    private static readonly object Key = new();
    private static readonly object SessionKey = new();

    /// <summary>Set by <see cref="AccessMiddleware"/> for every endpoint that needs a role.</summary>
    public static Caller Caller(this HttpContext context) =>
        (Caller?)context.Items[Key] ?? throw new InvalidOperationException("The endpoint was reached without a check of who calls: it names no role.");

    /// <summary>Null where the caller did not come with a session.</summary>
    public static SignedIn? SignedIn(this HttpContext context) => (SignedIn?)context.Items[SessionKey];

    public static void SetSignedIn(this HttpContext context, SignedIn session)
    {
        context.Items[SessionKey] = session;
        context.SetCaller(session.Caller);
    }

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
