using System.Text;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Projections;

/// <summary>The output that a client puts together from the events is that of the run resource, at every moment of the run.</summary>
public sealed class OutputAgreementTests
{
    private readonly RunRecording _run = RunRecording
        .Of(new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Models = ["anthropic/b"] }, OnStreamFailure = StreamPolicy.Continue })
        .Dispatch();

    [Fact]
    public void Halves_of_a_character_join_in_text_and_in_reasoning()
    {
        _run.Attach(WireFormat.OpenAi)
            .Take(Wire.OpenAi("a\\ud83d"), Wire.OpenAi("\\ude00b"))
            .Take(Reasoning("\\ud83d"), Reasoning("\\ude01")).Commit();
        var answer = Agreed();
        Assert.Equal(("a😀b", "😁"), (answer.Text, answer.Reasoning));
    }

    [Fact]
    public void Halves_of_a_character_join_in_the_arguments_of_a_tool_call()
    {
        _run.Attach(WireFormat.OpenAi)
            .Take(ToolCall("""{"index":0,"id":"c","function":{"name":"t","arguments":"{\"a\":\"\ud83d"}}"""))
            .Take(ToolCall("""{"index":0,"function":{"arguments":"\ude00\"}"}}""")).Commit();
        Assert.Equal("""{"a":"😀"}""", Assert.Single(Agreed().ToolCalls).Arguments);
    }

    [Fact]
    public void What_an_erroneous_document_says_beside_its_error_is_no_output()
    {
        _run.Attach(WireFormat.OpenAi).Result(
            "application/json", """{"choices":[{"message":{"content":"half"}}],"error":{"message":"no","type":"overloaded_error"}}"""u8.ToArray());
        Assert.Equal("", Agreed().Text);
    }

    [Fact]
    public void A_document_that_is_no_JSON_though_it_says_so_is_a_malformed_event()
    {
        _run.Attach(WireFormat.OpenAi).Result("application/json", "<html>"u8.ToArray());
        Assert.Empty(Agreed().Documents);
        Assert.True(_run.State.WarnsOfMalformedEvents);
    }

    [Fact]
    public void An_abandoned_document_is_taken_back_like_a_text()
    {
        _run.Attach(WireFormat.OpenAi).Result("audio/mpeg", [1, 2, 3]);
        Assert.Single(Agreed().Documents);
        _run.Fail(Errors.Interrupted).Dispatch();
        Assert.Empty(Agreed().Documents);
        Assert.Contains("event: output.reset\n", string.Concat(ProjectedRun.Events(_run.Batches)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Continuation.None, "new")]
    [InlineData(Continuation.Prefill, "oldnew")]
    [InlineData(Continuation.UserTurn, "oldnew")]
    public void The_next_attempt_takes_back_or_goes_on(Continuation continuation, string text)
    {
        _run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("old")).Commit();
        Assert.Equal("old", Agreed().Text);
        _run.Fail(Errors.Broken(null));
        Assert.Equal("old", Agreed().Text);
        _run.Dispatch(leg: 1, continuation).Attach(WireFormat.Anthropic).Take(ChatScript.Render(WireFormat.Anthropic, ["new"])).Commit();
        Assert.Equal(text, Agreed().Text);
    }

    /// <summary>Where nothing was shown, nothing is taken back.</summary>
    [Fact]
    public void A_reset_follows_output_only()
    {
        _run.Fail(Errors.Interrupted).Dispatch().Attach(WireFormat.OpenAi)
            .Take(Wire.OpenAi(""), Wire.Data("""{"choices":[],"usage":{"prompt_tokens":7}}""")).Commit()
            .Fail(Errors.Broken(null)).Dispatch();
        Assert.DoesNotContain("output.reset", string.Concat(ProjectedRun.Events(_run.Batches)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_as_of_an_entry_has_no_more_than_the_events_to_it()
    {
        _run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b"), Wire.OpenAi("c")).Commit();
        var answer = new AnswerReader();
        foreach (var batch in _run.Batches)
        {
            answer.Apply(batch, through: 5);
        }

        Assert.Equal("ab", answer.ToAnswer().Text);
    }

    private Answer Agreed()
    {
        var client = new ClientAnswer();
        foreach (var each in ProjectedRun.Events(_run.Batches))
        {
            client.Take(each);
        }

        var answer = ProjectedRun.AnswerOf(_run.Batches);
        Assert.Equal((client.Text, client.Reasoning), (answer.Text, answer.Reasoning ?? ""));
        Assert.Equal(client.ToolCalls, answer.ToolCalls.Select(static call => (call.Index, call.Name, call.Arguments)));
        return answer;
    }

    private static byte[] Reasoning(string escaped) => Wire.Data($$$"""{"choices":[{"index":0,"delta":{"reasoning_content":"{{{escaped}}}"}}]}""");

    private static byte[] ToolCall(string call) => Encoding.UTF8.GetBytes($$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{{{call}}}]}}]}{{{"\n\n"}}}""");
}
