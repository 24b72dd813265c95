using Orchestrator.Gateway;

namespace Orchestrator.TestKit.Upstream;

/// <summary>Failures as the gateway library classifies them (<c>gateway.md</c> §7).</summary>
public static class FakeErrors
{
    public static readonly GatewayError Connection = new()
    {
        Code = ErrorCodes.GatewayError, Message = "The connection to the gateway broke: reset", Recoverable = true,
    };

    public static readonly GatewayError Expired = new()
    {
        Code = ErrorCodes.ResumeExpired, Message = "Request not found", Status = 404,
    };

    public static readonly GatewayError NoModel = new()
    {
        Code = ErrorCodes.NotFound, Message = "not on the run catalog", Status = 404, UpstreamCode = "7003", NextLeg = true,
    };

    public static readonly GatewayError PrefillRefused = new()
    {
        Code = ErrorCodes.BadRequest, Message = "the last turn must be the user's", Status = 400,
    };

    public static GatewayError RateLimit(int? retryAfterMs) => new()
    {
        Code = ErrorCodes.RateLimit,
        Message = "slow down",
        Status = 429,
        Recoverable = true,
        RetryAfter = retryAfterMs is { } wait ? TimeSpan.FromMilliseconds(wait) : null,
    };

    public static GatewayError Provider(int status = 503) => new()
    {
        Code = ErrorCodes.ProviderError, Message = $"upstream {status}", Status = status, Recoverable = true,
    };
}
