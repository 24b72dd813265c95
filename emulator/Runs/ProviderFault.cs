namespace Orchestrator.Emulator.Runs;

/// <summary>One kind of provider error in the words of each provider.</summary>
internal sealed record ProviderFault(
    string Message, string OpenAiType, string? OpenAiCode, string AnthropicType, int WorkersAiCode, string GoogleStatus)
{
    public static ProviderFault ContextLength { get; } = Invalid("The prompt is longer than the model's context window.", "context_length_exceeded", 5021);

    public static ProviderFault ContentFilter { get; } = Invalid("The request was rejected by the safety system.", "content_filter", 3030);

    public static ProviderFault BadPicture { get; } =
        Invalid("Invalid image: give an https URL, or the image itself in base64 (data:image/png;base64,…).", "invalid_image_url", 5004);

    public static ProviderFault Prefill { get; } =
        Invalid("This model does not support assistant message prefill. The conversation must end with a user message.", null, 5006);

    public static ProviderFault GoOn { get; } = Invalid("messages: roles must alternate between user and assistant.", null, 5006);

    public static ProviderFault OfStatus(int status) => status switch
    {
        408 => new("Request timed out.", "timeout", null, "timeout_error", 3007, "DEADLINE_EXCEEDED"),
        409 => new("Conflict with another request.", "conflict", null, "conflict_error", 3008, "ABORTED"),
        413 => new("Request too large.", "invalid_request_error", "request_too_large", "request_too_large", 3006, "INVALID_ARGUMENT"),
        429 => new("Rate limit reached, capacity temporarily exceeded.", "rate_limit_error", "rate_limit_exceeded", "rate_limit_error", 3040, "RESOURCE_EXHAUSTED"),
        529 => new("Overloaded", "server_error", "overloaded", "overloaded_error", 3040, "UNAVAILABLE"),
        >= 500 => new("The server had an error while processing your request.", "server_error", null, "api_error", 3043, "INTERNAL"),
        _ => Invalid("Invalid request.", "invalid_request", 5004),
    };

    private static ProviderFault Invalid(string message, string? code, int workersAiCode) =>
        new(message, "invalid_request_error", code, "invalid_request_error", workersAiCode, "INVALID_ARGUMENT");
}
