using System.Net;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests.Tasks;

public sealed class EmbeddingTests
{
    [Theory]
    [InlineData("@cf/baai/bge-small-en-v1.5", 384)]
    [InlineData("@cf/baai/bge-base-en-v1.5", 768)]
    [InlineData("@cf/baai/bge-large-en-v1.5", 1024)]
    [InlineData("@cf/baai/bge-m3", 1024)]
    public async Task Every_text_gets_a_vector_of_length_one_made_from_it_alone(string model, int dimensions)
    {
        await using var bridge = await Bridge.StartAsync();

        var pair = (await bridge.RunAsync(model, new { text = new[] { "a", "b" } })).Json;
        var alone = (await bridge.RunAsync(model, new { text = "b" })).Json;

        Assert.Equal([2, dimensions], pair.GetProperty("shape").EnumerateArray().Select(static n => n.GetInt32()));
        var vectors = pair.GetProperty("data").EnumerateArray().Select(static v => v.EnumerateArray().Select(static x => x.GetDouble()).ToArray()).ToArray();
        Assert.All(vectors, vector => Assert.Equal(dimensions, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1, Math.Sqrt(vector.Sum(static x => x * x)), 4));
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.Equal(pair.GetProperty("data")[1].GetRawText(), alone.GetProperty("data")[0].GetRawText());
    }

    [Fact]
    public async Task Inputs_without_text_are_a_bad_request()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync("@cf/baai/bge-base-en-v1.5", new { texts = "a" });

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains("'text'", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_on_every_surface()
    {
        await using var bridge = await Bridge.StartAsync();
        bridge.Http.DefaultRequestHeaders.Add("cf-aig-gateway-id", "gw");
        const string Model = "@cf/baai/bge-base-en-v1.5";
        object inputs = new { text = "a" };

        var binding = await bridge.RunAsync(Model, inputs);
        var rest = await bridge.CallAsync(HttpMethod.Post, $"/client/v4/accounts/a/ai/run/{Model}", inputs);
        var endpoint = await bridge.CallAsync(HttpMethod.Post, $"/v1/a/gw/workers-ai/{Model}", inputs);
        var universal = await bridge.UniversalAsync(new { provider = "workers-ai", endpoint = Model, headers = new { }, query = inputs });

        Assert.Equal(binding.Text, rest.Json.GetProperty("result").GetRawText());
        Assert.Equal(binding.Text, endpoint.Text);
        Assert.Equal(binding.Text, universal.Text);
    }
}
