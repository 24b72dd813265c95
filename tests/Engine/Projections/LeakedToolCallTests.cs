using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Projections;

/// <summary>A call that a model was made to make and wrote as its text is a call once the answer is complete, and never before.</summary>
public sealed class LeakedToolCallTests
{
    private const string Tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\"}},{\"type\":\"function\",\"function\":{\"name\":\"add\"}}]";

    private const string Forced = """{"messages":[],"tool_choice":"required",""" + Tools + "}";

    private const string Leaked = """{"name":"look_up","arguments":{"q":"x"}}""";

    [Theory]
    [InlineData(Leaked)]
    [InlineData(" \n" + Leaked + "\n ")]
    [InlineData("""{"parameters":{"q":"x"},"name":"look_up"}""")]
    [InlineData("""{"type":"function","name":"look_up","parameters":{"q":"x"}}""")]
    public void The_text_of_a_forced_call_becomes_the_call(string text)
    {
        var view = View(text, Forced);
        Assert.Equal(("", FinishReasons.ToolCalls), (view.Output.Text, view.FinishReason));
        Assert.Equal(new ToolCall(0, null, "look_up", """{"q":"x"}"""), Assert.Single(view.Output.ToolCalls));
    }

    [Theory]
    [InlineData("""{"name":"drop","arguments":{}}""")]
    [InlineData("""{"name":"look_up","arguments":"{}"}""")]
    [InlineData("""{"name":"look_up"}""")]
    [InlineData("""{"name":"look_up","arguments":{},"reason":"x"}""")]
    [InlineData("""{"name":"look_up","arguments":{},"parameters":{}}""")]
    [InlineData("""{"type":"report","name":"look_up","arguments":{}}""")]
    [InlineData("""{"type":7,"name":"look_up","arguments":{}}""")]
    [InlineData("""{"name":"look_up","name":"add","arguments":{}}""")]
    [InlineData("""{"name":7,"arguments":{}}""")]
    [InlineData("""{"name":"\ud800","arguments":{}}""")]
    [InlineData("Here: " + Leaked)]
    [InlineData(Leaked + Leaked)]
    [InlineData("[" + Leaked + "]")]
    [InlineData("""{"name":"look_up","arguments":{}""")]
    [InlineData("{}")]
    [InlineData("")]
    public void Any_other_text_stays_a_text(string text) => AssertText(text, View(text, Forced));

    [Theory]
    [InlineData("""{"tool_choice":{"type":"function","function":{"name":"look_up"}},"tools":[{"function":{"name":"look_up"}}]}""")]
    [InlineData("""{"tool_choice":{"type":"function","name":"look_up"},"tools":[{"type":"function","name":"look_up"}]}""")]
    [InlineData("""{"tool_choice":{"type":"allowed_tools","mode":"required","tools":[]},"tools":[{"type":"function","name":"look_up"}]}""")]
    [InlineData("""{"tool_choice":{"type":"any"},"tools":[{"name":"look_up","input_schema":{}}]}""")]
    [InlineData("""{"tool_choice":{"type":"tool","name":"look_up"},"tools":[{"name":"look_up","input_schema":{}}]}""")]
    [InlineData("""{"toolConfig":{"functionCallingConfig":{"mode":"ANY"}},"tools":[{"functionDeclarations":[{"name":"look_up"}]}]}""")]
    [InlineData("""{"tool_config":{"function_calling_config":{"mode":"ANY"}},"tools":[{"function_declarations":[{"name":"look_up"}]}]}""")]
    public void Each_wire_has_its_way_to_force_a_call(string input) => Assert.Single(View(Leaked, input).Output.ToolCalls);

    [Theory]
    [InlineData("{" + Tools + "}")]
    [InlineData("""{"tool_choice":"auto",""" + Tools + "}")]
    [InlineData("""{"tool_choice":"none",""" + Tools + "}")]
    [InlineData("""{"tool_choice":{"type":"auto"},"tools":[{"name":"look_up"}]}""")]
    [InlineData("""{"tool_choice":{"type":"allowed_tools","mode":"auto"},"tools":[{"name":"look_up"}]}""")]
    [InlineData("""{"toolConfig":{"functionCallingConfig":{"mode":"AUTO"}},"tools":[{"functionDeclarations":[{"name":"look_up"}]}]}""")]
    [InlineData("""{"tool_choice":"required"}""")]
    [InlineData("""{"tool_choice":"required","tools":{"name":"look_up"}}""")]
    public void Where_no_call_is_forced_a_text_stays_a_text(string input) => AssertText(Leaked, View(Leaked, input));

    [Fact]
    public void An_answer_that_is_not_complete_is_left_as_it_is()
    {
        var run = Answered(Leaked, Forced);
        Assert.Equal(Leaked, ProjectedRun.AnswerOf(run.Batches).Text);
        run.End(incompleteReason: "stream-truncated");
        Assert.Equal(Leaked, ProjectedRun.AnswerOf(run.Batches).Text);
    }

    [Fact]
    public void The_events_that_were_sent_stay_and_no_other_is_added()
    {
        var run = Answered(Leaked, Forced).End();
        var events = string.Concat(ProjectedRun.Events(run.Batches));
        Assert.Contains("event: output.delta\n", events, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_call", events, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_arguments_has_an_empty_object_once_the_answer_is_complete()
    {
        var run = RunRecording.Of(new RunSpec { Model = "anthropic/a" }).Dispatch().Attach(WireFormat.Anthropic).Take(
            Wire.Data("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"now","input":{}}}"""),
            Wire.Data("""{"type":"message_stop"}""")).Commit();
        Assert.Equal("", Assert.Single(ProjectedRun.AnswerOf(run.Batches).ToolCalls).Arguments);
        run.End();
        Assert.Equal("{}", Assert.Single(ProjectedRun.AnswerOf(run.Batches).ToolCalls).Arguments);
    }

    private static void AssertText(string text, RunView view)
    {
        Assert.Equal(text, view.Output.Text);
        Assert.Empty(view.Output.ToolCalls);
        Assert.Equal(FinishReasons.Stop, view.FinishReason);
    }

    private static RunView View(string text, string input) => ProjectedRun.View(Answered(text, input).End().Batches);

    private static RunRecording Answered(string text, string input)
    {
        var middle = text.Length / 2;
        return RunRecording.Of(new RunSpec { Model = "openai/a" }, input).Dispatch().Attach(WireFormat.OpenAi)
            .Take(Wire.OpenAi(Escaped(text[..middle])), Wire.OpenAi(Escaped(text[middle..])))
            .Take(Wire.Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""), Wire.Done)
            .Commit();
    }

    private static string Escaped(string text) => JsonEncodedText.Encode(text).ToString();
}
