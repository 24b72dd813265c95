using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>The providers, as data. Source: the public documentation of AI Gateway and the repository cloudflare/ai.</summary>
public static class ProviderRegistry
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<ProviderInfo> All { get; } =
    [
        OnRun("openai", WireFormat.OpenAi, "https://api.openai.com/"),
        OnRun("anthropic", WireFormat.Anthropic, "https://api.anthropic.com/") with
        {
            RunWire = WireFormat.Anthropic,
            AuthHeaders = ["x-api-key", "authorization"],
        },
        OnRun("google", WireFormat.Google, "https://generativelanguage.googleapis.com/") with
        {
            GatewayId = "google-ai-studio",
            Aliases = ["google-ai-studio"],
            AuthHeaders = ["x-goog-api-key", "authorization"],
        },
        OnRun("xai", WireFormat.OpenAi, "https://api.x.ai/") with { GatewayId = "grok", Aliases = ["grok"] },
        OnRun("groq", WireFormat.OpenAi, "https://api.groq.com/openai/v1/"),
        OnRun("deepseek", WireFormat.OpenAi, "https://api.deepseek.com/") with { RunCatalog = RunCatalog.PerModel },
        OnRun("alibaba", WireFormat.OpenAi) with { OnGatewayPath = false },
        OnRun("minimax", WireFormat.OpenAi) with { OnGatewayPath = false },
        OnGateway("mistral", WireFormat.OpenAi, "https://api.mistral.ai/"),
        OnGateway("perplexity", WireFormat.OpenAi, "https://api.perplexity.ai/") with { GatewayId = "perplexity-ai" },
        OnGateway("cerebras", WireFormat.OpenAi, "https://api.cerebras.ai/"),
        OnGateway("openrouter", WireFormat.OpenAi, "https://openrouter.ai/api/"),
        OnGateway("fireworks", WireFormat.OpenAi, "https://api.fireworks.ai/inference/v1/"),
        OnGateway("google-vertex", WireFormat.Unknown, "https://{region-}aiplatform.googleapis.com/") with
        {
            GatewayId = "google-vertex-ai",
            Aliases = ["google-vertex-ai"],
        },
        OnGateway("cohere", WireFormat.Unknown, "https://api.cohere.com/", "https://api.cohere.ai/"),
        OnGateway("huggingface", WireFormat.Unknown, "https://api-inference.huggingface.co/models/"),
        OnGateway("replicate", WireFormat.Unknown, "https://api.replicate.com/"),
        OnGateway("fal", WireFormat.Unknown, "https://fal.run/"),
        OnGateway("ideogram", WireFormat.Unknown, "https://api.ideogram.ai/"),
        OnGateway("cartesia", WireFormat.Unknown, "https://api.cartesia.ai/") with { AuthHeaders = ["authorization", "x-api-key"] },
        OnGateway("deepgram", WireFormat.Unknown, "https://api.deepgram.com/") with { AuthHeaders = ["authorization", "token"] },
        OnGateway("elevenlabs", WireFormat.Unknown, "https://api.elevenlabs.io/") with { AuthHeaders = ["xi-api-key", "authorization"] },
        OnGateway("baseten", WireFormat.Unknown),
        OnGateway("parallel", WireFormat.Unknown) with { AuthHeaders = ["authorization", "x-api-key"] },
        OnGateway("azure-openai", WireFormat.Unknown) with
        {
            Aliases = ["azure"],
            Endpoints =
            [
                new("https://{resource}.openai.azure.com/openai/deployments/{deployment}/{rest}", "{resource}/{deployment}/{rest}"),
            ],
            AuthHeaders = ["api-key", "authorization"],
        },
        OnGateway("aws-bedrock", WireFormat.Unknown) with
        {
            Aliases = ["bedrock"],
            Endpoints = [new("https://bedrock-runtime.{region}.amazonaws.com/{rest}", "bedrock-runtime/{region}/{rest}")],
        },
    ];

    private static readonly FrozenDictionary<string, ProviderInfo> ByName = All
        .SelectMany(provider => provider.Aliases.Prepend(provider.Slug), (provider, name) => KeyValuePair.Create(name, provider))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>By slug or alias, upper and lower case alike.</summary>
    public static ProviderInfo? Find(string slugOrAlias) => ByName.GetValueOrDefault(slugOrAlias);

    private static ProviderInfo OnRun(string slug, WireFormat native, params string[] urls) =>
        OnGateway(slug, native, urls) with { RunCatalog = RunCatalog.Yes, RunWire = WireFormat.OpenAi };

    private static ProviderInfo OnGateway(string slug, WireFormat native, params string[] urls) => new()
    {
        Slug = slug,
        GatewayId = slug,
        NativeWire = native,
        Endpoints = [.. urls.Select(url => new ProviderEndpoint(url))],
    };
}
