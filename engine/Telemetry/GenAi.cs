using Orchestrator.Gateway;

namespace Orchestrator.Engine.Telemetry;

/// <summary>Names of OpenTelemetry's semantic conventions for generative AI, which are in development: open-telemetry/semantic-conventions-genai.</summary>
internal static class GenAi
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string MaxTokens = "gen_ai.request.max_tokens";
    public const string Temperature = "gen_ai.request.temperature";
    public const string TopP = "gen_ai.request.top_p";
    public const string TopK = "gen_ai.request.top_k";
    public const string FrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string PresencePenalty = "gen_ai.request.presence_penalty";
    public const string Seed = "gen_ai.request.seed";
    public const string ChoiceCount = "gen_ai.request.choice.count";
    public const string StopSequences = "gen_ai.request.stop_sequences";
    public const string ResponseModel = "gen_ai.response.model";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheWrittenTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string TokenType = "gen_ai.token.type";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string ErrorType = "error.type";

    /// <summary>The convention's name where it has one (embeddings are called the same), else the task's.</summary>
    public static string OperationOf(string task) => task is "text-generation" or "vision" ? "chat" : task;

    /// <summary>The convention's name of the provider where it has one, else ours.</summary>
    public static string ProviderOf(string model) => !ModelSlug.TryParse(model, out var slug) ? "unknown" : slug.Provider switch
    {
        ModelSlug.WorkersAi => "cloudflare.workers_ai",
        "google" => "gcp.gemini",
        "google-vertex" => "gcp.vertex_ai",
        "xai" => "x_ai",
        "mistral" => "mistral_ai",
        "azure-openai" => "azure.ai.openai",
        "aws-bedrock" => "aws.bedrock",
        var provider => provider,
    };
}
