using Microsoft.AspNetCore.Http;

namespace Orchestrator.Api.Auth;

internal static class CallerExtensions
{
    private static readonly object Key = new();

    /// <summary>Set by <see cref="AccessMiddleware"/> for every endpoint that needs a role.</summary>
    public static Caller Caller(this HttpContext context) =>
        (Caller?)context.Items[Key] ?? throw new InvalidOperationException("The endpoint was reached without a check of who calls: it names no role.");

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
