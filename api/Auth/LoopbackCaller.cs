using System.Net;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Api.Auth;

/// <summary>Tells whether a request comes from this machine, which is all that may call while there are no keys.</summary>
internal static class LoopbackCaller
{
    /// <summary>Why it does not, or null.</summary>
    public static string? Objection(HttpContext context)
    {
        // No address: not a network connection (a Unix socket, a server in memory).
        if (context.Connection.RemoteIpAddress is { } address)
        {
            if (!IsLoopback(address))
            {
                return "The service runs without keys and answers callers on its own machine only.";
            }

            // Any site can have a name of its own lead here (DNS rebinding), and to the browser its pages are then this service's own.
            if (context.Request.Host is { HasValue: true, Host: var name } && !IsLoopbackName(name))
            {
                return "The service runs without keys and answers under the names of its own machine only: call it as 127.0.0.1 or localhost.";
            }
        }

        // A proxy on this machine makes every caller look local; what it says of them counts.
        if (!context.Request.Headers["Forwarded"].All(string.IsNullOrEmpty) || !context.Request.Headers["X-Forwarded-For"].All(AllLoopback))
        {
            return "The service runs without keys, and a proxy passed on a call from another machine.";
        }

        // Browsers say when a page of another site makes the call: no such page may command the service of who looks at it.
        return context.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            ? "The service runs without keys and does not take calls from other sites' pages."
            : null;
    }

    private static bool AllLoopback(string? forwarded) => (forwarded ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .All(text => IPAddress.TryParse(text, out var address) && IsLoopback(address));

    private static bool IsLoopbackName(string name) => IPAddress.TryParse(name, out var address)
        ? IsLoopback(address)
        : name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
