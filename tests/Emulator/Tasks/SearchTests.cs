using System.Net;
using System.Net.Http.Headers;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests.Tasks;

public sealed class SearchTests
{
    [Fact]
    public async Task AI_Search_answers_with_its_sources_over_REST_and_over_the_bridge()
    {
        await using var bridge = await Bridge.StartAsync();
        object query = new { query = "When?" };

        var rest = await bridge.CallAsync(HttpMethod.Post, "/client/v4/accounts/a/autorag/rags/handbook/ai-search", query);
        var binding = await bridge.CallAsync(HttpMethod.Post, "/ai-search/handbook", query);

        var scores = binding.Json.GetProperty("data").EnumerateArray().Select(static source => source.GetProperty("score").GetDouble()).ToList();
        Assert.Equal(3, scores.Count);
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.NotEmpty(binding.Json.GetProperty("response").GetString()!);
        Assert.Equal(binding.Text, rest.Json.GetProperty("result").GetRawText());
        Assert.Equal(1, bridge.Counters.PerModel["ai-search/handbook"].Dispatches - 1);
    }

    [Fact]
    public async Task Without_a_query_and_with_a_fault_it_fails()
    {
        await using var bridge = await Bridge.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await bridge.CallAsync(HttpMethod.Post, "/ai-search/handbook", new { text = "a" })).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await bridge.CallAsync(HttpMethod.Post, "/ai-search/handbook~status=429", new { query = "a" })).Status);
    }

    [Fact]
    public async Task Raw_audio_over_REST_is_heard_as_over_the_binding()
    {
        await using var bridge = await Bridge.StartAsync();
        bridge.Http.DefaultRequestHeaders.Add("cf-aig-gateway-id", "gw");
        byte[] audio = [1, 2, 3, 0xFB, 0xFF];

        using ByteArrayContent content = new(audio) { Headers = { ContentType = new MediaTypeHeaderValue("audio/mpeg") } };
        using var response = await bridge.Http.PostAsync("/client/v4/accounts/a/ai/run/@cf/deepgram/nova-3?language=en", content);
        var binding = await bridge.RunAsync(
            "@cf/deepgram/nova-3", new { audio = new { body = Convert.ToBase64String(audio), contentType = "audio/mpeg" } });

        Assert.Contains(binding.Text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
