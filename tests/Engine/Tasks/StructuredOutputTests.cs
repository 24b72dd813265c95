using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Tasks;

/// <summary>An answer that does not keep to the schema that was asked for is no success.</summary>
public sealed class StructuredOutputTests
{
    private const string Good = """{"city":"Oslo","degrees":-3.5}""";
    private const string Bad = """{"city":"Oslo"}""";
    private const string Input = """
        {"messages":[{"role":"user","content":"Weather?"}],"response_format":{"type":"json_schema","json_schema":{"name":"weather","strict":true,
        "schema":{"type":"object","properties":{"city":{"type":"string"},"degrees":{"type":"number"}},"required":["city","degrees"],"additionalProperties":false}}}}
        """;

    private static readonly RunSpec Spec = new()
    {
        Model = "openai/a",
        Structured = true,
        Resume = false,
        Retry = new RetrySpec { MaxAttempts = 2, DelayMs = 0 },
    };

    [Fact]
    public async Task One_that_keeps_to_it_is()
    {
        var (run, events) = await EndAsync(Spec, Good);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(Good, run.Output.Text);
        Assert.Single(run.Attempts);
        Assert.DoesNotContain("output.reset", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_is_asked_again_and_readers_are_told_that_the_first_answer_does_not_count()
    {
        var (run, events) = await EndAsync(Spec, Bad, Good);

        Assert.Equal((RunStatus.Completed, false), (run.Status, run.Incomplete));
        Assert.Equal(Good, run.Output.Text);
        Assert.Equal("schema-mismatch", run.Attempts[0].Error?.Code);
        Assert.Null(run.Attempts[1].Error);
        Assert.Contains("the property degrees is missing", run.Attempts[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("output.reset", events, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Bad, "the property degrees is missing")]
    [InlineData("""{"city":"Oslo","degrees":"cold"}""", "At /degrees: number is wanted, not string.")]
    [InlineData("""{"city":"Oslo","degrees":1,"wind":2}""", "At /wind: there may be no such property.")]
    [InlineData("```json\n{\"city\":\"Oslo\",\"degrees\":1}\n```", "The answer is no JSON.")]
    [InlineData("""{"city":"Oslo","deg""", "The answer is no JSON.")]
    public async Task With_no_attempt_left_the_run_fails_and_says_why(string answer, string why)
    {
        var (run, _) = await EndAsync(Spec, answer, answer);

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("schema-mismatch", run.Error!.Code);
        Assert.Contains(why, run.Error.Message, StringComparison.Ordinal);
        Assert.Equal(2, run.Attempts.Count);
        Assert.Equal(answer, run.Output.Text);
    }

    [Fact]
    public async Task The_next_leg_is_next()
    {
        var (run, _) = await EndAsync(Spec with { Fallback = new FallbackSpec { Models = ["openai/b"] } }, Bad, Bad, Good);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal([0, 0, 1], run.Attempts.Select(static attempt => attempt.Leg));
    }

    [Fact]
    public async Task A_policy_can_accept_it_but_never_as_a_plain_success()
    {
        var (run, _) = await EndAsync(Spec with { OnStreamFailure = StreamPolicy.AcceptPartial }, Bad);

        Assert.Equal((RunStatus.Completed, true, "schema-mismatch"), (run.Status, run.Incomplete, run.IncompleteReason));
        Assert.Equal(Bad, run.Output.Text);
    }

    [Fact]
    public async Task A_policy_can_end_the_run_at_once()
    {
        var (run, _) = await EndAsync(Spec with { OnStreamFailure = StreamPolicy.Error }, Bad, Good);

        Assert.Equal((RunStatus.Failed, "schema-mismatch"), (run.Status, run.Error!.Code));
        Assert.Single(run.Attempts);
    }

    [Fact]
    public async Task A_call_of_a_tool_is_an_answer_of_its_own()
    {
        var body = """{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"look","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}""";
        var (run, _) = await HostedRun.EndAsync(
            Spec, Input, new AnsweringGateway((_, _) => AnsweringGateway.Document("application/json", Encoding.UTF8.GetBytes(body), WireFormat.OpenAi)));

        Assert.Equal(RunStatus.Completed, run.Status);
    }

    /// <summary>Whether the run went on to it, or the gateway did within an attempt.</summary>
    [Theory]
    [InlineData(FallbackSpec.ClientMode)]
    [InlineData(FallbackSpec.ServerMode)]
    public async Task Each_model_is_held_to_the_schema_of_its_own_inputs(string mode)
    {
        var other = Input.Replace("degrees", "wind", StringComparison.Ordinal);
        var inputs = new RunInputs(
            Encoding.UTF8.GetBytes(Input), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["openai/b"] = Encoding.UTF8.GetBytes(other) });
        var spec = Spec with { Fallback = new FallbackSpec { Models = ["openai/b"], Mode = mode } };
        var gateway = new AnsweringGateway((model, _) =>
        {
            var fits = mode == FallbackSpec.ServerMode || model == "openai/b";
            var reply = AnsweringGateway.Document("application/json", Chat(fits ? """{"city":"Oslo","wind":2}""" : Bad), WireFormat.OpenAi);
            return mode == FallbackSpec.ServerMode ? reply with { Headers = reply.Headers with { Step = 1 } } : reply;
        });

        var (run, _) = await HostedRun.EndAsync(spec, inputs, gateway);

        Assert.Equal((RunStatus.Completed, "openai/b"), (run.Status, run.Attempts[^1].Model));
    }

    private static Task<(RunView Run, string Events)> EndAsync(RunSpec spec, params string[] answers) => HostedRun.EndAsync(
        spec,
        Input,
        new AnsweringGateway((_, number) => AnsweringGateway.Document("application/json", Chat(answers[number]), WireFormat.OpenAi)));

    private static byte[] Chat(string text) => Encoding.UTF8.GetBytes(
        $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}}},"finish_reason":"stop"}]}""");
}
