using System.Globalization;

namespace Orchestrator.Gateway;

/// <summary>The one table from statuses, codes and types to <see cref="GatewayError"/>.</summary>
internal static class ErrorClassifier
{
    private const string NotOnRunCatalog = "7003";
    private const string OwnKeyOnly = "2021";

    /// <param name="resume">Whether a resume was asked for: there, a 404 means that the buffer is gone.</param>
    /// <param name="peer">What the message calls the other side where that has sent none.</param>
    public static GatewayError FromResponse(
        int status, ErrorBody body, TimeSpan? retryAfter, bool resume, string peer = HttpChannel.Gateway)
    {
        var effective = WorkersAiCodes.StatusOf(body.Code) ?? status;
        var expired = resume && status == 404;
        var (code, recoverable) = expired ? (ErrorCodes.ResumeExpired, false) : Classify(effective);
        return new GatewayError
        {
            Code = code,
            Message = body.Message ?? string.Create(CultureInfo.InvariantCulture, $"{Capital(peer)} answered {status} without a message."),
            Status = effective,
            UpstreamCode = body.Code,
            Recoverable = recoverable,
            RetryAfter = retryAfter,
            NextLeg = !expired && (status, body.Code) is (404, NotOnRunCatalog) or (402, OwnKeyOnly),
        };
    }

    /// <summary>An error told inside an answer whose status was a success.</summary>
    public static GatewayError FromAnswer(ErrorBody body)
    {
        var status = WorkersAiCodes.StatusOf(body.Code) ?? HttpStatus(body.Code) ?? StatusOfType(body.Type) ?? StatusOfType(body.Code);
        var (code, recoverable) = status is { } known ? Classify(known) : (ErrorCodes.ProviderError, true);
        return new GatewayError
        {
            Code = code,
            Message = body.Message ?? "The provider reported an error without a message.",
            Status = status,
            UpstreamCode = body.Code ?? body.Type,
            Recoverable = recoverable,
        };
    }

    /// <summary>A name stays as it is written.</summary>
    private static string Capital(string peer) => peer == HttpChannel.Gateway ? "The gateway" : peer;

    private static (string Code, bool Recoverable) Classify(int status) => status switch
    {
        401 or 403 => (ErrorCodes.Auth, false),
        402 => (ErrorCodes.Billing, false),
        404 => (ErrorCodes.NotFound, false),
        408 => (ErrorCodes.Timeout, true),
        409 => (ErrorCodes.Conflict, true),
        429 => (ErrorCodes.RateLimit, true),
        >= 500 => (ErrorCodes.ProviderError, true),
        _ => (ErrorCodes.BadRequest, false),
    };

    private static int? HttpStatus(string? code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and <= 599 ? status : null;

    /// <summary>The error types of Anthropic and OpenAI, with the status that each has outside a stream.</summary>
    private static int? StatusOfType(string? type) => type switch
    {
        "invalid_request_error" or "context_length_exceeded" => 400,
        "authentication_error" or "invalid_api_key" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" or "model_not_found" => 404,
        "request_too_large" => 413,
        "rate_limit_error" or "rate_limit_exceeded" or "insufficient_quota" => 429,
        "api_error" or "server_error" => 500,
        "timeout_error" => 504,
        "overloaded_error" => 529,

        // The codes of a failed response: invalid_prompt, invalid_image, invalid_base64_image and the like.
        not null when type.StartsWith("invalid_", StringComparison.Ordinal) => 400,
        _ => null,
    };
}
