namespace Orchestrator.Gateway.Tests.Wires;

/// <summary>What providers tell of their cache: input counts all of the prompt, and beside it stands the part that the cache had to do with.</summary>
public sealed class CachedTokensTests
{
    [Theory]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":64}}}""", WireFormat.OpenAi)]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens_details":{"cached_tokens":64},"prompt_tokens":100,"completion_tokens":5,"total_tokens":105}}""", WireFormat.OpenAi)]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_cache_hit_tokens":64,"prompt_cache_miss_tokens":36}}""", WireFormat.OpenAi)]
    [InlineData("""{"response":"","usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_tokens_details":{"cached_tokens":64}}}""", WireFormat.WorkersAi)]
    [InlineData("""{"type":"response.completed","response":{"status":"completed","output":[],"usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":64},"output_tokens":5,"total_tokens":105}}}""", WireFormat.OpenAiResponses)]
    [InlineData("""{"candidates":[],"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":5,"totalTokenCount":105}}""", WireFormat.Google)]
    public void What_was_read_from_it_is_a_part_of_the_input(string json, WireFormat wire) =>
        Assert.Equal(new TokenUsage(100, 5, 105) { CacheRead = 64 }, Reading.Data(wire, json).Usage);

    /// <summary>Anthropic's input leaves out what was read from the cache and what was written into it.</summary>
    [Fact]
    public void Anthropics_counts_are_added_up()
    {
        const string Start = """
            {"type":"message_start","message":{"role":"assistant","content":[],"usage":{"input_tokens":12,"cache_creation_input_tokens":5,"cache_read_input_tokens":30,"output_tokens":1}}}
            """;

        Assert.Equal(new TokenUsage(47, 1, null) { CacheRead = 30, CacheWritten = 5 }, Reading.Data(WireFormat.Anthropic, Start).Usage);
    }

    [Theory]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_tokens_details":null}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_tokens_details":{"cached_tokens":null}}}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":5,"total_tokens":105,"prompt_tokens_details":[64]}}""")]
    public void Where_nothing_is_told_nothing_is_known(string json) =>
        Assert.Equal(new TokenUsage(100, 5, 105), Reading.Data(WireFormat.OpenAi, json).Usage);
}
