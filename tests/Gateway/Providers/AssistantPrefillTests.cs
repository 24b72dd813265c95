namespace Orchestrator.Gateway.Tests.Providers;

/// <summary>The table of who goes on from a partial answer, and who has to be asked to.</summary>
public sealed class AssistantPrefillTests
{
    [Theory]
    [InlineData("anthropic/claude-sonnet-4-5-20250929", true)]
    [InlineData("anthropic/claude-haiku-4.5", true)]
    [InlineData("anthropic/claude-opus-4-20250514", true)]
    [InlineData("anthropic/claude-opus-4-1", true)]
    [InlineData("anthropic/claude-3-5-sonnet-20241022", true)]
    [InlineData("anthropic/claude-3.7-sonnet", true)]
    [InlineData("anthropic/claude-3-haiku-20240307", true)]
    [InlineData("anthropic/claude-2.1", true)]
    [InlineData("aws-bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0", true)]
    [InlineData("openrouter/anthropic/claude-sonnet-4.5", true)]
    [InlineData("my-proxy/Claude-Sonnet-4-5", true)]
    [InlineData("groq/llama-3.3-70b-versatile", true)]
    [InlineData("anthropic/claude-opus-4-6", false)]
    [InlineData("anthropic/claude-sonnet-4.6", false)]
    [InlineData("anthropic/claude-opus-4-7-20260301", false)]
    [InlineData("anthropic/claude-sonnet-5", false)]
    [InlineData("aws-bedrock/us.anthropic.claude-opus-4-6-v1", false)]
    [InlineData("anthropic/claude-sonnet-latest", false)]
    [InlineData("anthropic/m", false)]
    [InlineData("openai/gpt-5-mini", false)]
    [InlineData("google/gemini-2.5-pro", false)]
    [InlineData("mistral/mistral-large", false)]
    [InlineData("deepseek/deepseek-chat", false)]
    [InlineData("openrouter/meta-llama/llama-3.3", false)]
    [InlineData("@cf/meta/llama-3.1-8b", false)]
    [InlineData("local/llama3.3:70b", false)]
    [InlineData("no slug", false)]
    public void A_model_takes_a_prefill_or_is_asked_to_go_on(string model, bool takes) => Assert.Equal(takes, AssistantPrefill.Takes(model));
}
