using System.Net;

namespace Orchestrator.Client;

/// <summary>The only judge of which faults pass by themselves.</summary>
internal static class Faults
{
    /// <summary>Busy, starting, or a proxy whose service is away. All other refusals are final.</summary>
    public static bool IsTransient(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout
        or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    /// <summary>Not connected, connection broken, or too slow; never the caller's own cancellation.</summary>
    public static bool IsConnectionLost(Exception e, CancellationToken callers) => e switch
    {
        HttpRequestException or IOException => true,
        OperationCanceledException => !callers.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The request did not leave.</summary>
    public static bool NeverConnected(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };
}
