using System.Collections.Frozen;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Tasks;

namespace Orchestrator.Emulator.Wires;

/// <summary>Which providers there are and how they answer.</summary>
internal static class Catalog
{
    /// <summary>What stands before the name of an AI Search where a model is named.</summary>
    public const string AiSearch = "ai-search";

    private static readonly FrozenSet<string> RunPath = FrozenSet.Create(
        StringComparer.Ordinal,
        "openai", "anthropic", "google", "google-ai-studio", "xai", "grok", "groq", "deepseek", "alibaba", "minimax");

    private static readonly FrozenSet<string> GatewayPath = FrozenSet.Create(
        StringComparer.Ordinal,
        "workers-ai", "compat", "openai", "anthropic", "google-ai-studio", "grok", "groq", "deepseek", "mistral", "perplexity-ai", "cerebras",
        "openrouter", "fireworks", "google-vertex-ai", "cohere", "huggingface", "replicate", "fal", "ideogram", "cartesia", "deepgram",
        "elevenlabs", "baseten", "parallel", "azure-openai", "aws-bedrock");

    /// <summary>Whether the run catalog has the model.</summary>
    public static bool Has(ModelName model) => model.IsWorkersAi || model.Provider == AiSearch || (RunPath.Contains(model.Provider) && model.NameAtProvider.Length > 0);

    /// <summary>How the run path answers for the model.</summary>
    public static WireFormat WireOf(ModelName model) =>
        model.IsWorkersAi ? TaskCatalog.WireOf(model) ?? WireFormat.WorkersAi
        : model.Provider == AiSearch ? WireFormat.AiSearch
        : model.Provider == "anthropic" ? WireFormat.Anthropic
        : model.NameAtProvider.Contains("embed", StringComparison.Ordinal) ? WireFormat.Embeddings
        : WireFormat.OpenAi;

    /// <summary>Whether the universal endpoint knows the provider.</summary>
    public static bool HasProvider(string provider) => GatewayPath.Contains(provider);

    /// <summary>How the provider answers itself, on the universal endpoint.</summary>
    public static WireFormat WireOf(string provider) => provider switch
    {
        "anthropic" => WireFormat.Anthropic,
        "google-ai-studio" or "google-vertex-ai" => WireFormat.Google,
        _ => WireFormat.OpenAi,
    };
}
