using System.Diagnostics;
using System.Text;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Tests.Telemetry;

/// <summary>What a request asked of its model, by the conventions' names and in their types.</summary>
public sealed class GenAiRequestTests
{
    private const string OpenAi = """
        {"model": "x", "messages": [], "temperature": 0, "max_completion_tokens": 100, "max_tokens": 7, "top_p": 0.9, "frequency_penalty": -0.5,
         "presence_penalty": 1, "seed": -42, "n": 3, "stop": ["END", "STOP"]}
        """;

    private const string Anthropic = """{"messages": [], "max_tokens": 1024, "temperature": 1, "top_p": 0.5, "top_k": 40, "stop_sequences": ["END"]}""";

    private const string Google = """
        {"contents": [], "generationConfig": {"temperature": 0.25, "maxOutputTokens": 300, "topP": 0.75, "topK": 20, "seed": 5, "frequencyPenalty": 0.125,
         "presencePenalty": 0.5, "candidateCount": 2, "stopSequences": ["END"]}}
        """;

    [Theory]
    [InlineData(OpenAi, "choice.count=3 frequency_penalty=-0.5 max_tokens=100 presence_penalty=1 seed=-42 temperature=0 top_p=0.9")]
    [InlineData(Anthropic, "max_tokens=1024 temperature=1 top_k=40 top_p=0.5")]
    [InlineData(Google, "choice.count=2 frequency_penalty=0.125 max_tokens=300 presence_penalty=0.5 seed=5 temperature=0.25 top_k=20 top_p=0.75")]
    [InlineData("""{"max_output_tokens": 9223372036854775807, "stop": "END"}""", "max_tokens=9223372036854775807")]
    [InlineData("""{"prompt": "a", "n": 1, "temperature": null, "generationConfig": null}""", "")]
    public void Each_API_has_its_words_for_it(string input, string told) => Assert.Equal(told, Told(input, showsContent: false));

    [Theory]
    [InlineData("""{"temperature": "0.5", "top_p": [1], "top_k": {}, "seed": true, "max_tokens": "100", "stop": {}, "generationConfig": []}""")]
    [InlineData("""{"temperature": 1e999, "seed": 1.5, "max_tokens": 1e30, "n": 0.5, "stop": 7}""")]
    [InlineData("""{"generationConfig": {"generationConfig": "none", "topP": "1"}}""")]
    [InlineData("[]")]
    public void What_is_of_another_type_is_left_out(string input) => Assert.Equal("", Told(input, showsContent: true));

    [Theory]
    [InlineData(OpenAi, "END,STOP")]
    [InlineData(Anthropic, "END")]
    [InlineData(Google, "END")]
    [InlineData("""{"stop": "END"}""", "END")]
    [InlineData("""{"stop": ["END", 7, null]}""", "END")]
    public void Stop_sequences_are_texts_and_shown_like_those(string input, string sequences)
    {
        Assert.DoesNotContain("stop", Told(input, showsContent: false), StringComparison.Ordinal);
        using var span = new Activity("chat");
        GenAiRequest.Describe(span, Encoding.UTF8.GetBytes(input), showsContent: true);
        Assert.Equal(sequences, string.Join(',', (string[])span.GetTagItem("gen_ai.request.stop_sequences")!));
    }

    /// <summary>Integers and doubles, as the conventions have them: a backend's column has one type.</summary>
    [Fact]
    public void Types_do_not_depend_on_how_a_number_was_written()
    {
        using var span = new Activity("chat");
        GenAiRequest.Describe(span, """{"temperature": 1, "top_p": 1, "top_k": 40, "frequency_penalty": 0, "presence_penalty": 0, "seed": 1, "max_tokens": 1, "n": 2}"""u8.ToArray(), false);

        Assert.All(["temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty"], name => Assert.IsType<double>(span.GetTagItem($"gen_ai.request.{name}")));
        Assert.All(["seed", "max_tokens", "choice.count"], name => Assert.IsType<long>(span.GetTagItem($"gen_ai.request.{name}")));
    }

    private static string Told(string input, bool showsContent)
    {
        using var span = new Activity("chat");
        GenAiRequest.Describe(span, Encoding.UTF8.GetBytes(input), showsContent);
        return string.Join(' ', span.TagObjects.Select(static tag => FormattableString.Invariant($"{tag.Key["gen_ai.request.".Length..]}={tag.Value}")).Order(StringComparer.Ordinal));
    }
}
