using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Telemetry;

/// <summary>Whose fault a failed attempt was, as far as the health of the upstream goes. Pure.</summary>
internal static class UpstreamFaults
{
    /// <summary>The upstream did not answer, or not as it should; or it does not know, or no longer serves, this service's account.</summary>
    public static bool IsUpstreams(string code) => code is ErrorCodes.ProviderError or ErrorCodes.GatewayError or ErrorCodes.Timeout
        or ErrorCodes.Auth or ErrorCodes.Billing
        or RunErrorCodes.FirstEventTimeout or RunErrorCodes.StreamBroken or RunErrorCodes.StreamTruncated or RunErrorCodes.ResumeMismatch;

    /// <summary>The upstream answered, and refused what it was asked: it is well.</summary>
    public static bool IsAnswer(string code) =>
        code is ErrorCodes.BadRequest or ErrorCodes.NotFound or ErrorCodes.Conflict or ErrorCodes.RateLimit or ErrorCodes.ResumeExpired;
}
