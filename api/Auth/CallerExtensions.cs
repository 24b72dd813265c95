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

    /// <summary>
    /// Cancelled when the caller has gone, the service stops, or the session that opened the stream is over: what was allowed to a session
    /// does not go on without it.
    /// </summary>
    public static CancellationTokenSource UntilLeft(this HttpContext context, CancellationToken stopping, TimeProvider clock)
    {
        if (context.SignedIn() is not { ExpiresAt: var end })
        {
            return CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        }

        var over = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(0, (end - clock.GetUtcNow()).Ticks)), clock);
        context.Response.RegisterForDispose(over);
        return CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, over.Token);
    }

    public static void SetSignedIn(this HttpContext context, SignedIn session)
    {
        context.Items[SessionKey] = session;
        context.SetCaller(session.Caller);
    }

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
