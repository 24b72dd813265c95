using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Tasks;

/// <summary>A run, its last event and its row in lists give one finish reason.</summary>
public sealed class AnswerFinishTests
{
    private const string Forced = """{"messages":[],"tool_choice":"required","tools":[{"type":"function","function":{"name":"look_up"}}]}""";
    private const string Free = """{"messages":[],"tools":[{"type":"function","function":{"name":"look_up"}}]}""";
    private const string Leaked = """{"name":"look_up","arguments":{"q":"x"}}""";

    [Theory]
    [InlineData(Leaked, Forced, FinishReasons.ToolCalls)]
    [InlineData(" \n\t " + Leaked, Forced, FinishReasons.ToolCalls)]
    [InlineData(Leaked, Free, FinishReasons.Stop)]
    [InlineData("""{"name":"other","arguments":{}}""", Forced, FinishReasons.Stop)]
    [InlineData("{}", Forced, FinishReasons.Stop)]
    [InlineData("look_up", Forced, FinishReasons.Stop)]
    [InlineData("", Forced, FinishReasons.Stop)]
    public async Task It_is_that_of_the_answer_as_it_is_shown(string text, string input, string expected)
    {
        var token = TestContext.Current.CancellationToken;
        var runs = new EmbeddedRuns(
            new MemoryJournal(),
            new AnsweringGateway((_, _) => AnsweringGateway.Document("application/json", Chat(text), WireFormat.OpenAi)),
            new PlainSeal(),
            new EngineOptions(),
            new ManualClock(),
            new Random(1),
            NullLogger<EmbeddedRuns>.Instance);
        var submission = new Submission
        {
            Tenant = "", Spec = new RunSpec { Model = "openai/a" }, Inputs = new RunInputs(Encoding.UTF8.GetBytes(input), RunInputs.None),
        };
        var id = ((SubmitOutcome.Accepted)await runs.SubmitAsync(submission, token)).Run.Id;
        await runs.WaitForEndAsync("", id, Timeout.InfiniteTimeSpan, token).AsTask().WaitAsync(TimeSpan.FromMinutes(2), token);

        Assert.Equal(expected, (await runs.GetAsync("", id, token))!.FinishReason);
        Assert.Equal(expected, Assert.Single((await runs.ListAsync(new RunQuery { Tenant = "" }, token)).Runs).FinishReason);
        var events = await (await runs.OpenEventsAsync("", id, 0, token)).ReadToEndAsync();
        Assert.Contains($"\"status\":\"completed\",\"finishReason\":\"{expected}\"", events, StringComparison.Ordinal);
    }

    /// <summary>The gateway went on to another model, whose inputs force a call that those of the first do not have.</summary>
    [Theory]
    [InlineData(1, FinishReasons.ToolCalls)]
    [InlineData(0, FinishReasons.Stop)]
    public async Task It_is_by_the_inputs_of_the_model_that_answered(int step, string expected)
    {
        var inputs = new RunInputs(
            Encoding.UTF8.GetBytes(Free),
            new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["openai/b"] = Encoding.UTF8.GetBytes(Forced) });
        var spec = new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Models = ["openai/b"], Mode = FallbackSpec.ServerMode } };
        var reply = AnsweringGateway.Document("application/json", Chat(Leaked), WireFormat.OpenAi);

        var (run, events) = await HostedRun.EndAsync(
            spec, inputs, new AnsweringGateway((_, _) => reply with { Headers = reply.Headers with { Step = step } }));

        Assert.Equal(expected, run.FinishReason);
        Assert.Equal(expected == FinishReasons.ToolCalls ? "" : Leaked, run.Output.Text);
        Assert.Equal(expected == FinishReasons.ToolCalls ? 1 : 0, run.Output.ToolCalls.Count);
        Assert.Contains($"\"status\":\"completed\",\"finishReason\":\"{expected}\"", events, StringComparison.Ordinal);
    }

    private static byte[] Chat(string text) => Encoding.UTF8.GetBytes(
        $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}}},"finish_reason":"stop"}]}""");
}
