using System.Net;
using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests.Tasks;

public sealed class TextTaskTests
{
    [Theory]
    [InlineData("@cf/openai/whisper", """{"audio":[1,2,3]}""", "text word_count words vtt")]
    [InlineData("@cf/openai/whisper-large-v3-turbo", """{"audio":"AQID"}""", "text word_count segments transcription_info vtt")]
    [InlineData("@cf/baai/bge-reranker-base", """{"query":"q","contexts":[{"text":"a"}]}""", "response")]
    [InlineData("@cf/meta/m2m100-1.2b", """{"text":"a b","target_lang":"french"}""", "translated_text")]
    [InlineData("@cf/facebook/bart-large-cnn", """{"input_text":"a b c"}""", "summary")]
    public async Task A_result_has_what_the_model_really_answers(string model, string inputs, string properties)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(model, JsonElement.Parse(inputs));
        var again = await bridge.RunAsync(model, JsonElement.Parse(inputs));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.All(properties.Split(' '), name => Assert.True(reply.Json.TryGetProperty(name, out _), name));
        Assert.Equal(reply.Text, again.Text);
    }

    [Fact]
    public async Task Deepgrams_transcript_is_where_it_has_it()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync("@cf/deepgram/nova-3", new { audio = new { body = "AQID", contentType = "audio/mpeg" } });

        var best = reply.Json.GetProperty("results").GetProperty("channels")[0].GetProperty("alternatives")[0];
        Assert.NotEmpty(best.GetProperty("transcript").GetString()!);
        Assert.InRange(best.GetProperty("confidence").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task What_shares_words_with_the_query_ranks_first()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync("@cf/baai/bge-reranker-base", new
        {
            query = "when does the harbour open",
            contexts = new[] { new { text = "Tea is served." }, new { text = "the harbour does open" }, new { text = "the end" } },
            top_k = 2,
        });

        var ranked = reply.Json.GetProperty("response").EnumerateArray().ToList();
        Assert.Equal([1, 2], ranked.Select(static one => one.GetProperty("id").GetInt32()));
        Assert.True(ranked[0].GetProperty("score").GetDouble() > ranked[1].GetProperty("score").GetDouble());
    }

    [Theory]
    [InlineData("@cf/huggingface/distilbert-sst-2-int8", """{"text":"fine"}""", 2)]
    [InlineData("@cf/microsoft/resnet-50", """{"image":[1,2]}""", 5)]
    public async Task Labels_come_with_scores_that_add_up_to_one(string model, string inputs, int labels)
    {
        await using var bridge = await Bridge.StartAsync();

        var scores = (await bridge.RunAsync(model, JsonElement.Parse(inputs))).Json.EnumerateArray().Select(static one => one.GetProperty("score").GetDouble()).ToList();

        Assert.Equal(labels, scores.Count);
        Assert.Equal(1, scores.Sum(), 4);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Theory]
    [InlineData("@cf/openai/whisper", "audio")]
    [InlineData("@cf/deepgram/aura-1", "text")]
    [InlineData("@cf/stabilityai/stable-diffusion-xl-base-1.0", "prompt")]
    [InlineData("@cf/baai/bge-reranker-base", "query")]
    [InlineData("@cf/huggingface/distilbert-sst-2-int8", "text")]
    [InlineData("@cf/microsoft/resnet-50", "image")]
    [InlineData("@cf/meta/m2m100-1.2b", "text")]
    [InlineData("@cf/facebook/bart-large-cnn", "input_text")]
    public async Task Inputs_that_lack_something_are_a_bad_request(string model, string lacking)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(model, new { messages = Array.Empty<object>() });

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains($"'{lacking}'", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embeddings_of_other_providers_answer_on_the_run_path_too()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync("openai/text-embedding-3-small", new { input = new[] { "a", "b" } });

        Assert.Equal(2, reply.Json.GetProperty("data").GetArrayLength());
    }
}
