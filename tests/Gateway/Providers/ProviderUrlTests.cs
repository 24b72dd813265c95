namespace Orchestrator.Gateway.Tests.Providers;

/// <summary>Which provider a URL belongs to, and what is left of it for the gateway path.</summary>
public sealed class ProviderUrlTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "openai", "v1/chat/completions")]
    [InlineData("https://API.OpenAI.com/v1/responses?a=b%20c", "openai", "v1/responses?a=b%20c")]
    [InlineData("https://api.anthropic.com/v1/messages", "anthropic", "v1/messages")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent?alt=sse", "google", "v1beta/models/gemini-3:streamGenerateContent?alt=sse")]
    [InlineData("https://api.x.ai/v1/chat/completions", "xai", "v1/chat/completions")]
    [InlineData("https://api.groq.com/openai/v1/chat/completions", "groq", "chat/completions")]
    [InlineData("https://api.deepseek.com/chat/completions", "deepseek", "chat/completions")]
    [InlineData("https://api.mistral.ai/v1/chat/completions", "mistral", "v1/chat/completions")]
    [InlineData("https://api.perplexity.ai/chat/completions", "perplexity", "chat/completions")]
    [InlineData("https://api.cerebras.ai/v1/chat/completions", "cerebras", "v1/chat/completions")]
    [InlineData("https://openrouter.ai/api/v1/chat/completions", "openrouter", "v1/chat/completions")]
    [InlineData("https://api.fireworks.ai/inference/v1/chat/completions", "fireworks", "chat/completions")]
    [InlineData("https://aiplatform.googleapis.com/v1/projects/p/x:predict", "google-vertex", "v1/projects/p/x:predict")]
    [InlineData("https://us-central1-aiplatform.googleapis.com/v1/projects/p", "google-vertex", "v1/projects/p")]
    [InlineData("https://api.cohere.com/v2/chat", "cohere", "v2/chat")]
    [InlineData("https://api.cohere.ai/v1/chat", "cohere", "v1/chat")]
    [InlineData("https://api-inference.huggingface.co/models/a/b", "huggingface", "a/b")]
    [InlineData("https://api.replicate.com/v1/predictions", "replicate", "v1/predictions")]
    [InlineData("https://fal.run/fal-ai/flux", "fal", "fal-ai/flux")]
    [InlineData("https://api.ideogram.ai/generate", "ideogram", "generate")]
    [InlineData("https://api.cartesia.ai/tts/bytes", "cartesia", "tts/bytes")]
    [InlineData("https://api.deepgram.com/v1/listen?model=nova-3", "deepgram", "v1/listen?model=nova-3")]
    [InlineData("https://api.elevenlabs.io/v1/text-to-speech/v", "elevenlabs", "v1/text-to-speech/v")]
    [InlineData("https://res.openai.azure.com/openai/deployments/dep/chat/completions?api-version=2024-10-21", "azure-openai", "res/dep/chat/completions?api-version=2024-10-21")]
    [InlineData("https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke", "aws-bedrock", "bedrock-runtime/us-east-1/model/m/invoke")]
    public void A_provider_s_own_URL_is_found(string url, string slug, string endpoint)
    {
        var match = ProviderRegistry.FindByUrl(new Uri(url));

        Assert.Equal((slug, endpoint), (match?.Provider.Slug, match?.Endpoint));
    }

    [Theory]
    [InlineData("https://example.com/v1/chat/completions")]
    [InlineData("http://api.openai.com/v1/chat/completions")]
    [InlineData("https://api.openai.com:8443/v1/chat/completions")]
    [InlineData("https://user@api.openai.com/v1")]
    [InlineData("https://api.openai.com.evil.example/v1")]
    [InlineData("https://evil.example/https://api.openai.com/v1")]
    [InlineData("https://apiXopenai.com/v1")]
    [InlineData("https://api.groq.com/v1/chat/completions")]
    [InlineData("https://a.b.openai.azure.com/openai/deployments/d/chat")]
    [InlineData("https://res.openai.azure.com/openai/models")]
    [InlineData("https://evilaiplatform.googleapis.com/v1")]
    [InlineData("https://bedrock-runtime.amazonaws.com/model")]
    public void Any_other_is_nobody_s(string url) => Assert.Null(ProviderRegistry.FindByUrl(new Uri(url)));

    [Fact]
    public void Every_provider_with_a_base_URL_is_found_under_it()
    {
        foreach (var provider in ProviderRegistry.All)
        {
            foreach (var endpoint in provider.Endpoints)
            {
                var url = endpoint.Url.Replace("{region-}", "eu-west4-", StringComparison.Ordinal)
                    .Replace("{rest}", "x/y", StringComparison.Ordinal)
                    .Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
                Assert.Equal(provider.Slug, ProviderRegistry.FindByUrl(new Uri(url))?.Provider.Slug);
            }
        }
    }
}
