using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class ContinuationTests : IAsyncLifetime
{
    private const string Question = "tell me";
    private const int Events = 200;

    private Bridge _bridge = null!;

    public async ValueTask InitializeAsync() => _bridge = await Bridge.StartAsync(new() { DefaultRate = 0, DefaultEvents = Events });

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Theory]
    [InlineData("openai/gpt")]
    [InlineData("anthropic/claude")]
    public async Task After_a_prefill_of_any_length_the_text_goes_on_where_it_stopped(string model)
    {
        var whole = Said.OpenAi((await _bridge.RunAsync("openai/gpt", Bridge.Turns(("user", Question)))).Events);

        foreach (var length in Cuts(whole))
        {
            var reply = await _bridge.RunAsync(model, Bridge.Turns(("user", Question), ("assistant", whole[..length])));

            var rest = model.StartsWith("openai", StringComparison.Ordinal) ? Said.OpenAi(reply.Events) : Said.Anthropic(reply.Events);
            Assert.Equal(whole, whole[..length] + rest);
        }
    }

    [Theory]
    [InlineData("Please continue exactly where you left off.")]
    [InlineData("go on")]
    public async Task After_a_user_s_wish_to_go_on_it_does_too(string wish)
    {
        var whole = Said.OpenAi((await _bridge.RunAsync("openai/gpt", Bridge.Turns(("user", Question)))).Events);
        var half = whole[..(whole.Length / 2)];

        var rest = Said.OpenAi((await _bridge.RunAsync(
            "openai/gpt", Bridge.Turns(("user", Question), ("assistant", half), ("user", wish)))).Events);

        Assert.Equal(whole, half + rest);
    }

    [Fact]
    public async Task A_continuation_of_a_continuation_still_adds_up_whatever_the_pieces()
    {
        var whole = Said.OpenAi((await _bridge.RunAsync("openai/gpt~events=60~size=40", Bridge.Turns(("user", Question)))).Events);
        var cuts = Cuts(whole).SkipWhile(at => at < 20).Take(2).ToList();
        var (first, second) = (whole[..cuts[0]], whole[cuts[0]..cuts[1]]);

        var rest = Said.OpenAi((await _bridge.RunAsync(
            "openai/gpt~events=60~size=40",
            Bridge.Turns(("user", Question), ("assistant", first), ("user", "continue"), ("assistant", second)))).Events);

        Assert.Equal(whole, first + second + rest);
    }

    [Fact]
    public async Task Content_in_parts_is_the_same_conversation()
    {
        var whole = Said.OpenAi((await _bridge.RunAsync("openai/gpt", Bridge.Turns(("user", Question)))).Events);
        var parts = new
        {
            messages = new[] { new { role = "user", content = new[] { new { type = "text", text = "tell " }, new { type = "text", text = "me" } } } },
            stream = true,
        };

        Assert.Equal(whole, Said.OpenAi((await _bridge.RunAsync("openai/gpt", parts)).Events));
    }

    [Fact]
    public async Task A_finished_answer_and_a_new_question_are_a_new_conversation()
    {
        var whole = Said.OpenAi((await _bridge.RunAsync("openai/gpt", Bridge.Turns(("user", Question)))).Events);

        var next = Said.OpenAi((await _bridge.RunAsync(
            "openai/gpt", Bridge.Turns(("user", Question), ("assistant", whole), ("user", "and what else?")))).Events);

        Assert.NotEmpty(next);
        Assert.NotEqual(whole, next, StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_said_is_gone_on_with_in_other_words()
    {
        var reply = await _bridge.RunAsync("openai/gpt", Bridge.Turns(("user", Question), ("assistant", "Not my words")));

        Assert.NotEmpty(Said.OpenAi(reply.Events));
        Assert.True(reply.Events[^1].IsMarker);
    }

    [Fact]
    public void A_prefix_that_is_longer_or_other_is_no_prefix()
    {
        Text text = new(1, 3);
        using ByteSlab bytes = new();
        for (var i = 0; i < text.Pieces; i++)
        {
            text.WriteEscaped(i, bytes);
        }

        var whole = JsonSerializer.Deserialize<string>($"\"{System.Text.Encoding.UTF8.GetString(bytes.Span)}\"")!;
        Assert.Equal(0, text.After(whole)!.Pieces);
        Assert.Null(text.After(whole + "x"));
        Assert.Null(text.After("x" + whole));
        Assert.Equal(3, text.After("")!.Pieces);
    }

    /// <summary>Every length up to 60 characters, and some beyond, never between the halves of a surrogate pair.</summary>
    private static IEnumerable<int> Cuts(string whole) =>
        Enumerable.Range(0, 60).Concat([whole.Length / 3, whole.Length / 2, whole.Length - 1, whole.Length])
            .Where(at => at == whole.Length || !char.IsLowSurrogate(whole[at]));
}
