using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary>The APIs that are known by the end of their path, on every surface.</summary>
internal static class ApiPaths
{
    /// <summary>How the API answers; null where the path is of another one.</summary>
    public static WireFormat? WireOf(string path) => path.Split('?', 2)[0].Split('/')[^1] switch
    {
        "completions" => WireFormat.OpenAi,
        "responses" => WireFormat.OpenAiResponses,
        "messages" => WireFormat.Anthropic,
        "embeddings" => WireFormat.Embeddings,
        _ => null,
    };
}
