using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>The providers, as data. Source: the public documentation of AI Gateway and the repository cloudflare/ai.</summary>
public static class ProviderRegistry
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<ProviderInfo> All { get; } =
    [
        OnRun("openai", WireFormat.OpenAi, "https://api.openai.com/") with { ApiRoot = "v1/" },
        OnRun("anthropic", WireFormat.Anthropic, "https://api.anthropic.com/") with
        {
            RunWire = WireFormat.Anthropic,
            ApiRoot = "v1/",
            AuthHeaders = ["x-api-key", "authorization"],
        },
        OnRun("google", WireFormat.Google, "https://generativelanguage.googleapis.com/") with
        {
            GatewayId = "google-ai-studio",
            Aliases = ["google-ai-studio"],
            AuthHeaders = ["x-goog-api-key", "authorization"],
        },
        OnRun("xai", WireFormat.OpenAi, "https://api.x.ai/") with { GatewayId = "grok", Aliases = ["grok"], ApiRoot = "v1/" },
        OnRun("groq", WireFormat.OpenAi, "https://api.groq.com/openai/v1/") with { ApiRoot = "" },
        OnRun("deepseek", WireFormat.OpenAi, "https://api.deepseek.com/") with { RunCatalog = RunCatalog.PerModel, ApiRoot = "" },
        OnRun("alibaba", WireFormat.OpenAi) with { OnGatewayPath = false, OnCompat = false },
        OnRun("minimax", WireFormat.OpenAi) with { OnGatewayPath = false, OnCompat = false },
        OnGateway("mistral", WireFormat.OpenAi, "https://api.mistral.ai/") with { ApiRoot = "v1/", OnCompat = true },
        OnGateway("perplexity", WireFormat.OpenAi, "https://api.perplexity.ai/") with
        {
            GatewayId = "perplexity-ai",
            ApiRoot = "",
            OnCompat = true,
        },
        OnGateway("cerebras", WireFormat.OpenAi, "https://api.cerebras.ai/") with
        {
            ApiRoot = "v1/",
            OnCompat = true,
            TakesStreamOptions = true,
        },
        OnGateway("openrouter", WireFormat.OpenAi, "https://openrouter.ai/api/") with { ApiRoot = "v1/", TakesStreamOptions = true },
        OnGateway("fireworks", WireFormat.OpenAi, "https://api.fireworks.ai/inference/v1/") with
        {
            ApiRoot = "",
            TakesStreamOptions = true,
        },
        OnGateway("google-vertex", WireFormat.Unknown, "https://{region-}aiplatform.googleapis.com/") with
        {
            GatewayId = "google-vertex-ai",
            Aliases = ["google-vertex-ai"],
            OnCompat = true,
        },
        OnGateway("cohere", WireFormat.Unknown, "https://api.cohere.com/", "https://api.cohere.ai/") with { OnCompat = true },
        OnGateway("huggingface", WireFormat.Unknown, "https://api-inference.huggingface.co/models/"),
        OnGateway("replicate", WireFormat.Unknown, "https://api.replicate.com/"),
        OnGateway("fal", WireFormat.Unknown, "https://fal.run/"),
        OnGateway("ideogram", WireFormat.Unknown, "https://api.ideogram.ai/"),
        OnGateway("cartesia", WireFormat.Unknown, "https://api.cartesia.ai/") with { AuthHeaders = ["authorization", "x-api-key"] },
        OnGateway("deepgram", WireFormat.Unknown, "https://api.deepgram.com/") with { AuthHeaders = ["authorization", "token"] },
        OnGateway("elevenlabs", WireFormat.Unknown, "https://api.elevenlabs.io/") with { AuthHeaders = ["xi-api-key", "authorization"] },
        OnGateway("baseten", WireFormat.Unknown) with { OnCompat = true },
        OnGateway("parallel", WireFormat.Unknown) with { AuthHeaders = ["authorization", "x-api-key"], OnCompat = true },
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

    /// <summary>Made when the first URL is asked for: most processes never ask.</summary>
    private static readonly Lazy<(ProviderInfo Provider, EndpointPattern Pattern)[]> Patterns = new(static () =>
    [
        .. All.SelectMany(static provider => provider.Endpoints, static (provider, endpoint) => (provider, new EndpointPattern(endpoint))),
    ]);

    /// <summary>By slug or alias, upper and lower case alike.</summary>
    public static ProviderInfo? Find(string slugOrAlias) => ByName.GetValueOrDefault(slugOrAlias);

    /// <summary>
    /// Whose URL it is, and what of it goes on the gateway path. Null for a URL of nobody here: the provider must be named then, as it
    /// must for those without a base URL of their own.
    /// </summary>
    public static ProviderMatch? FindByUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri)
        {
            return null;
        }

        foreach (var (provider, pattern) in Patterns.Value)
        {
            if (pattern.Match(url) is { } endpoint)
            {
                return new ProviderMatch(provider, endpoint);
            }
        }

        return null;
    }

    private static ProviderInfo OnRun(string slug, WireFormat native, params string[] urls) =>
        OnGateway(slug, native, urls) with
        {
            RunCatalog = RunCatalog.Yes,
            RunWire = WireFormat.OpenAi,
            OnCompat = true,
            TakesStreamOptions = true,
        };

    private static ProviderInfo OnGateway(string slug, WireFormat native, params string[] urls) => new()
    {
        Slug = slug,
        GatewayId = slug,
        NativeWire = native,
        Endpoints = [.. urls.Select(url => new ProviderEndpoint(url))],
    };
}
