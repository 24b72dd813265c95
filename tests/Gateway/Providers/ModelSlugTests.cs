namespace Orchestrator.Gateway.Tests.Providers;

public sealed class ModelSlugTests
{
    [Theory]
    [InlineData("openai/gpt-5-mini", "openai", "gpt-5-mini", WireFormat.OpenAi)]
    [InlineData("anthropic/claude-haiku-4.5", "anthropic", "claude-haiku-4.5", WireFormat.Anthropic)]
    [InlineData("google/gemini-3", "google", "gemini-3", WireFormat.OpenAi)]
    [InlineData("google-ai-studio/gemini-3", "google", "gemini-3", WireFormat.OpenAi)]
    [InlineData("grok/grok-4", "xai", "grok-4", WireFormat.OpenAi)]
    [InlineData("azure/d", "azure-openai", "d", WireFormat.Unknown)]
    [InlineData("bedrock/d", "aws-bedrock", "d", WireFormat.Unknown)]
    [InlineData("google-vertex-ai/d", "google-vertex", "d", WireFormat.Unknown)]
    [InlineData("openrouter/anthropic/claude", "openrouter", "anthropic/claude", WireFormat.Unknown)]
    [InlineData("OpenAI/gpt-5", "openai", "gpt-5", WireFormat.OpenAi)]
    [InlineData("newcomer/model", "newcomer", "model", WireFormat.Unknown)]
    public void A_slug_is_split_at_the_first_slash_and_its_alias_resolved(string text, string provider, string model, WireFormat wire)
    {
        Assert.True(ModelSlug.TryParse(text, out var slug));
        Assert.Equal((provider, model, wire, false), (slug.Provider, slug.Model, slug.RunWire, slug.IsWorkersAi));
        Assert.Equal($"{provider}/{model}", slug.ToString());
    }

    [Fact]
    public void Workers_AI_models_are_their_whole_name()
    {
        Assert.True(ModelSlug.TryParse("@cf/meta/llama-3.1-8b-instruct", out var slug));
        Assert.Equal((ModelSlug.WorkersAi, "@cf/meta/llama-3.1-8b-instruct", WireFormat.WorkersAi), (slug.Provider, slug.Model, slug.RunWire));
        Assert.True(slug.IsWorkersAi);
        Assert.Equal("@cf/meta/llama-3.1-8b-instruct", slug.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("gpt-5")]
    [InlineData("/gpt-5")]
    [InlineData("openai/")]
    [InlineData("@cf/")]
    [InlineData("@cf")]
    [InlineData("@other/model")]
    [InlineData("openai/gpt 5")]
    [InlineData("openai/gpt\n5")]
    [InlineData("openai/gpt\u00005")]
    public void What_is_no_slug_is_refused(string? text) => Assert.False(ModelSlug.TryParse(text, out _));

    [Fact]
    public void A_slug_has_a_bound() => Assert.False(ModelSlug.TryParse("openai/" + new string('x', 300), out _));
}
