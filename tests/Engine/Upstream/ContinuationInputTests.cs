using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Tests.Upstream;

/// <summary>The input of an attempt that goes on from a partial answer.</summary>
public sealed class ContinuationInputTests
{
    private const string Input = """{"temperature":0.2,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hi"}]}],"max_tokens":9}""";

    [Fact]
    public void A_prefill_ends_with_the_assistants_turn()
    {
        using var built = Build(Input, "Once \"upon\"\n", Continuation.Prefill);
        var messages = Messages(built);
        Assert.Equal(3, messages.Length);
        Assert.Equal(("assistant", "Once \"upon\""), Turn(messages[2]));
    }

    /// <summary>A user's turn follows: it is no prefill, and stays as it was.</summary>
    [Fact]
    public void White_space_at_its_end_stays_where_a_users_turn_follows()
    {
        using var built = Build(Input, "Once \n", Continuation.UserTurn);
        Assert.Equal(("assistant", "Once \n"), Turn(Messages(built)[2]));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(" \n", false)]
    [InlineData("x", true)]
    public void White_space_alone_is_nothing_to_go_on_from(string partial, bool can)
    {
        foreach (var continuation in (Continuation[])[Continuation.Prefill, Continuation.UserTurn])
        {
            Assert.Equal(can, ContinuationInput.TryBuild(Encoding.UTF8.GetBytes(Input), partial, continuation) is not null);
        }
    }

    [Theory]
    [InlineData("\"json_object\"", false)]
    [InlineData("\"json_schema\"", false)]
    [InlineData("7", false)]
    [InlineData("null", false)]
    [InlineData("\"text\"", true)]
    public void Half_of_a_JSON_answer_is_not_gone_on_from(string format, bool can)
    {
        var input = $$$"""{"messages":[],"response_format":{"type":{{{format}}} }}""";
        Assert.Equal(can, ContinuationInput.TryBuild(Encoding.UTF8.GetBytes(input), "{", Continuation.UserTurn) is not null);
    }

    [Fact]
    public void A_users_turn_asks_to_go_on_after_it()
    {
        using var built = Build(Input, "Once", Continuation.UserTurn);
        var messages = Messages(built);
        Assert.Equal(4, messages.Length);
        Assert.Equal(("assistant", "Once"), Turn(messages[2]));
        var (role, asked) = Turn(messages[3]);
        Assert.Equal("user", role);
        Assert.StartsWith("Continue exactly where", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_else_is_passed_on_in_its_order()
    {
        using var built = Build(Input, "Once", Continuation.Prefill);
        Assert.Equal("temperature messages max_tokens", string.Join(' ', built.RootElement.EnumerateObject().Select(static property => property.Name)));
        using var given = JsonDocument.Parse(Input);
        var before = Messages(given);
        Assert.All(before.Zip(Messages(built)), static pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second)));
    }

    [Theory]
    [InlineData("""{"prompt":"Hi"}""")]
    [InlineData("""{"messages":"Hi"}""")]
    [InlineData("""{"messages":null}""")]
    [InlineData("""["messages"]""")]
    public void What_is_no_conversation_can_not_be_continued(string input) =>
        Assert.Null(ContinuationInput.TryBuild(Encoding.UTF8.GetBytes(input), "Once", Continuation.Prefill));

    /// <summary>An answer can break off between the halves of an emoji; what is sent must be JSON all the same.</summary>
    [Fact]
    public void An_answer_that_ends_in_half_a_character_can_be_continued()
    {
        using var built = Build(Input, "smile \ud83d", Continuation.Prefill);
        Assert.StartsWith("smile ", Turn(Messages(built)[2]).Content, StringComparison.Ordinal);
    }

    private static JsonDocument Build(string input, string partial, Continuation continuation) =>
        JsonDocument.Parse(ContinuationInput.TryBuild(Encoding.UTF8.GetBytes(input), partial, continuation)!);

    private static JsonElement[] Messages(JsonDocument input) => [.. input.RootElement.GetProperty("messages").EnumerateArray()];

    /// <summary>Models that the gateway falls back between are asked to go on all together, or to start over all together.</summary>
    [Fact]
    public void The_inputs_of_a_dispatch_are_continued_together_or_not_at_all()
    {
        ReadOnlyMemory<byte> conversation = """{"messages":[{"role":"user","content":"Hi"}]}"""u8.ToArray();
        ReadOnlyMemory<byte> other = """{"contents":[]}"""u8.ToArray();

        var continued = ContinuationInput.TryBuild([conversation, conversation], "part", Continuation.Prefill);

        Assert.Equal(2, continued!.Count);
        Assert.All(continued, static input => Assert.Contains("part", System.Text.Encoding.UTF8.GetString(input.Span), StringComparison.Ordinal));
        Assert.Null(ContinuationInput.TryBuild([conversation, other], "part", Continuation.Prefill));
    }

    private static (string Role, string Content) Turn(JsonElement message) =>
        (message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!);
}
