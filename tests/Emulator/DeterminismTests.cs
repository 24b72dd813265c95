using System.Text;
using System.Text.Json;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData("openai/gpt-5-mini~reasoning~tool")]
    [InlineData("anthropic/claude-haiku-4.5~reasoning~tool")]
    [InlineData("@cf/meta/llama~reasoning~tool")]
    [InlineData("openai/gpt-5-mini~wire=google~reasoning~tool")]
    public async Task The_same_model_inputs_and_seed_give_the_same_bytes_on_any_emulator(string model)
    {
        await using var one = await Bridge.StartAsync();
        await using var other = await Bridge.StartAsync();

        var first = await one.RunAsync(model);
        var second = await one.RunAsync(model);
        var elsewhere = await other.RunAsync(model);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Body, elsewhere.Body);
        Assert.NotEqual(first.LogId, second.LogId, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Seed_model_and_inputs_each_change_the_bytes()
    {
        await using var bridge = await Bridge.StartAsync();
        var reply = await bridge.RunAsync("openai/gpt");

        Assert.NotEqual(reply.Body, (await bridge.RunAsync("openai/gpt~seed=7")).Body);
        Assert.NotEqual(reply.Body, (await bridge.RunAsync("openai/gpt2")).Body);
        Assert.NotEqual(reply.Body, (await bridge.RunAsync("openai/gpt", Bridge.Chat("bye"))).Body);
    }

    [Fact]
    public async Task The_options_seed_is_the_default()
    {
        await using var seeded = await Bridge.StartAsync(new() { Seed = 7, DefaultRate = 0, DefaultEvents = 10 });
        await using var plain = await Bridge.StartAsync();

        Assert.Equal((await plain.RunAsync("openai/gpt~seed=7")).Body, (await seeded.RunAsync("openai/gpt")).Body);
    }

    [Fact]
    public async Task How_the_text_is_cut_does_not_change_it()
    {
        await using var bridge = await Bridge.StartAsync();

        var fine = Said.OpenAi((await bridge.RunAsync("openai/gpt~events=600")).Events);
        var coarse = Said.Anthropic((await bridge.RunAsync("anthropic/claude~events=30~size=80")).Events);

        Assert.StartsWith(coarse, fine, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(coarse) / 30, 60, 100);
    }

    [Fact]
    public async Task Texts_hold_what_parsers_trip_over_in_both_ways_of_writing()
    {
        await using var bridge = await Bridge.StartAsync();
        var reply = await bridge.RunAsync("openai/gpt~events=3000");
        var said = Said.OpenAi(reply.Events);

        Assert.All((string[])["café", "漢字", "😀", "\"quoted\"", "back\\slash", "two\n\nlines", "car\r\nriage", "[DONE]", "data:", "\u0001"],
            word => Assert.Contains(word, said, StringComparison.Ordinal));
        Assert.Contains("é", reply.Text, StringComparison.Ordinal);
        Assert.Contains("\\ud83d", reply.Text, StringComparison.Ordinal);
        Assert.All(reply.Events.SkipLast(1), e => Assert.Equal(JsonValueKind.Object, e.Json.ValueKind));
    }
}
