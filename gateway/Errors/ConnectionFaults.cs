using System.Net.Sockets;
using System.Security.Authentication;

namespace Orchestrator.Gateway;

/// <summary>Which exceptions of the HTTP stack mean that the other side, or the way to it, is gone.</summary>
internal static class ConnectionFaults
{
    /// <summary>A cancellation counts: a caller sorts out its own before it asks (connect timeouts surface as cancellations).</summary>
    public static bool Includes(Exception exception) => exception
        is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException;

    public static GatewayError ToError(string what, Exception exception, SecretScrubber scrubber) => new()
    {
        Code = ErrorCodes.GatewayError,
        Message = scrubber.Scrub($"{what}: {exception.Message}"),
        Recoverable = true,
    };
}
