namespace Orchestrator.Gateway;

/// <summary>The values of <see cref="GatewayError.Code"/>. They are public and stay.</summary>
public static class ErrorCodes
{
    /// <summary>401, 403: the credential is missing, wrong, or not enough.</summary>
    public const string Auth = "auth";

    /// <summary>402: credits, or a model that is to be had with the caller's own key only.</summary>
    public const string Billing = "billing";

    /// <summary>404: no such model, gateway or log.</summary>
    public const string NotFound = "not-found";

    /// <summary>404 on resume: the gateway's buffer of the run is gone (it lives about 5.5 minutes).</summary>
    public const string ResumeExpired = "resume-expired";

    /// <summary>400, 405, 413, 422 and any other 3xx or 4xx: the same request can not succeed.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>408.</summary>
    public const string Timeout = "timeout";

    /// <summary>409.</summary>
    public const string Conflict = "conflict";

    /// <summary>429: too many requests, or no capacity.</summary>
    public const string RateLimit = "rate-limit";

    /// <summary>500 and above, and failures told inside a stream that say nothing more exact.</summary>
    public const string ProviderError = "provider-error";

    /// <summary>No answer, or a connection that broke: connect, TLS, reset, DNS.</summary>
    public const string GatewayError = "gateway-error";

    /// <summary>Refused here, before anything was sent.</summary>
    public const string Config = "config";

    /// <summary>One event is larger than <see cref="SseReaderOptions.MaxEventBytes"/>.</summary>
    public const string EventTooLarge = "event-too-large";

    /// <summary>A whole answer is larger than <see cref="AiGatewayClientOptions.MaxDocumentBytes"/>.</summary>
    public const string DocumentTooLarge = "document-too-large";
}
