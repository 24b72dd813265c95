namespace Orchestrator.Gateway.Tests.Providers;

public sealed class ProviderRegistryTests
{
    [Theory]
    [InlineData("openai", "openai", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.Yes, true, "https://api.openai.com/", "authorization")]
    [InlineData("anthropic", "anthropic", WireFormat.Anthropic, WireFormat.Anthropic, RunCatalog.Yes, true, "https://api.anthropic.com/", "x-api-key,authorization")]
    [InlineData("google", "google-ai-studio", WireFormat.Google, WireFormat.OpenAi, RunCatalog.Yes, true, "https://generativelanguage.googleapis.com/", "x-goog-api-key,authorization")]
    [InlineData("xai", "grok", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.Yes, true, "https://api.x.ai/", "authorization")]
    [InlineData("groq", "groq", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.Yes, true, "https://api.groq.com/openai/v1/", "authorization")]
    [InlineData("deepseek", "deepseek", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.PerModel, true, "https://api.deepseek.com/", "authorization")]
    [InlineData("alibaba", "alibaba", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.Yes, false, "", "authorization")]
    [InlineData("minimax", "minimax", WireFormat.OpenAi, WireFormat.OpenAi, RunCatalog.Yes, false, "", "authorization")]
    [InlineData("mistral", "mistral", WireFormat.OpenAi, WireFormat.Unknown, RunCatalog.No, true, "https://api.mistral.ai/", "authorization")]
    [InlineData("perplexity", "perplexity-ai", WireFormat.OpenAi, WireFormat.Unknown, RunCatalog.No, true, "https://api.perplexity.ai/", "authorization")]
    [InlineData("cerebras", "cerebras", WireFormat.OpenAi, WireFormat.Unknown, RunCatalog.No, true, "https://api.cerebras.ai/", "authorization")]
    [InlineData("openrouter", "openrouter", WireFormat.OpenAi, WireFormat.Unknown, RunCatalog.No, true, "https://openrouter.ai/api/", "authorization")]
    [InlineData("fireworks", "fireworks", WireFormat.OpenAi, WireFormat.Unknown, RunCatalog.No, true, "https://api.fireworks.ai/inference/v1/", "authorization")]
    [InlineData("google-vertex", "google-vertex-ai", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://{region-}aiplatform.googleapis.com/", "authorization")]
    [InlineData("cohere", "cohere", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.cohere.com/ https://api.cohere.ai/", "authorization")]
    [InlineData("huggingface", "huggingface", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api-inference.huggingface.co/models/", "authorization")]
    [InlineData("replicate", "replicate", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.replicate.com/", "authorization")]
    [InlineData("fal", "fal", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://fal.run/", "authorization")]
    [InlineData("ideogram", "ideogram", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.ideogram.ai/", "authorization")]
    [InlineData("cartesia", "cartesia", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.cartesia.ai/", "authorization,x-api-key")]
    [InlineData("deepgram", "deepgram", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.deepgram.com/", "authorization,token")]
    [InlineData("elevenlabs", "elevenlabs", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://api.elevenlabs.io/", "xi-api-key,authorization")]
    [InlineData("baseten", "baseten", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "", "authorization")]
    [InlineData("parallel", "parallel", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "", "authorization,x-api-key")]
    [InlineData("azure-openai", "azure-openai", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://{resource}.openai.azure.com/openai/deployments/{deployment}/{rest}", "api-key,authorization")]
    [InlineData("aws-bedrock", "aws-bedrock", WireFormat.Unknown, WireFormat.Unknown, RunCatalog.No, true, "https://bedrock-runtime.{region}.amazonaws.com/{rest}", "authorization")]
    public void Every_provider_is_as_documented(
        string slug, string gatewayId, WireFormat native, WireFormat run, RunCatalog catalog, bool onGatewayPath, string urls, string auth)
    {
        var provider = ProviderRegistry.Find(slug)!;

        Assert.Equal(
            (slug, gatewayId, native, run, catalog, onGatewayPath),
            (provider.Slug, provider.GatewayId, provider.NativeWire, provider.RunWire, provider.RunCatalog, provider.OnGatewayPath));
        Assert.Equal(urls, string.Join(' ', provider.Endpoints.Select(endpoint => endpoint.Url)));
        Assert.Equal(auth, string.Join(',', provider.AuthHeaders));
    }

    [Theory]
    [InlineData("google-ai-studio", "google")]
    [InlineData("grok", "xai")]
    [InlineData("google-vertex-ai", "google-vertex")]
    [InlineData("azure", "azure-openai")]
    [InlineData("bedrock", "aws-bedrock")]
    public void An_alias_finds_its_provider(string alias, string slug) => Assert.Equal(slug, ProviderRegistry.Find(alias)!.Slug);

    [Fact]
    public void There_are_no_others()
    {
        Assert.Equal(26, ProviderRegistry.All.Count);
        Assert.Null(ProviderRegistry.Find("newcomer"));
    }

    [Fact]
    public void Deployments_and_regions_keep_their_place_on_the_gateway_path()
    {
        Assert.Equal("{resource}/{deployment}/{rest}", ProviderRegistry.Find("azure")!.Endpoints[0].GatewayPath);
        Assert.Equal("bedrock-runtime/{region}/{rest}", ProviderRegistry.Find("bedrock")!.Endpoints[0].GatewayPath);
    }
}
