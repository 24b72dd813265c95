using System.Text;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Tasks;

/// <summary>Several images are several dispatches of one run.</summary>
public sealed class PartTests
{
    private static readonly RunSpec Spec = new()
    {
        Model = "@cf/a",
        Task = "image",
        N = 3,
        Retry = new RetrySpec { MaxAttempts = 2, DelayMs = 0 },
    };

    private static readonly FailureReply Busy = new() { Error = new GatewayError { Code = ErrorCodes.ProviderError, Message = "busy", Recoverable = true } };
    private static readonly FailureReply Refused = new() { Error = new GatewayError { Code = ErrorCodes.BadRequest, Message = "no" } };

    [Fact]
    public async Task Each_is_a_dispatch_and_all_are_the_output()
    {
        var gateway = new AnsweringGateway((_, number) => Image(number));
        var (run, events) = await HostedRun.EndAsync(Spec, """{"prompt":"a"}""", gateway);

        Assert.Equal((RunStatus.Completed, false, null), (run.Status, run.Incomplete, run.IncompleteReason));
        Assert.Equal([0, 1, 2], run.Attempts.Select(static attempt => attempt.Part));
        Assert.Equal([0, 1, 2], run.Output.Documents.Select(static document => (int)document.Body.Span[8]));
        Assert.Equal(3, events.Split("event: output.result").Length - 1);
        Assert.DoesNotContain("output.reset", events, StringComparison.Ordinal);
        Assert.Equal(3, gateway.Dispatches.Count);
    }

    [Fact]
    public async Task A_seed_counts_up_and_nothing_else_changes()
    {
        var gateway = new AnsweringGateway((_, number) => Image(number));
        await HostedRun.EndAsync(Spec, """{"prompt":"a","seed":7,"width":8}""", gateway);

        Assert.Equal(
            ["""{"prompt":"a","seed":7,"width":8}""", """{"prompt":"a","seed":8,"width":8}""", """{"prompt":"a","seed":9,"width":8}"""],
            gateway.Dispatches.Select(static dispatch => Encoding.UTF8.GetString(dispatch.Input.Span)),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_failure_costs_the_attempts_of_its_own_part_alone()
    {
        var (run, events) = await HostedRun.EndAsync(Spec, "{}", new AnsweringGateway((_, number) => number % 2 == 0 ? Busy : Image(number)));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal([0, 0, 1, 1, 2, 2], run.Attempts.Select(static attempt => attempt.Part));
        Assert.Equal([1, 3, 5], run.Output.Documents.Select(static document => (int)document.Body.Span[8]));
        Assert.DoesNotContain("output.reset", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_leg_that_took_over_goes_on()
    {
        var spec = Spec with { Fallback = new FallbackSpec { Models = ["@cf/b"] } };
        var (run, _) = await HostedRun.EndAsync(spec, "{}", new AnsweringGateway((model, number) => number > 0 && model == "@cf/a" ? Refused : Image(number)));

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal([(0, 0), (1, 0), (1, 1), (2, 1)], run.Attempts.Select(static attempt => (attempt.Part, attempt.Leg)));
    }

    [Theory]
    [InlineData(null, RunStatus.Failed, false)]
    [InlineData(StreamPolicy.AcceptPartial, RunStatus.Completed, true)]
    public async Task With_one_missing_the_run_fails_unless_a_part_is_accepted(StreamPolicy? policy, RunStatus status, bool incomplete)
    {
        var spec = Spec with { OnStreamFailure = policy };
        var (run, _) = await HostedRun.EndAsync(spec, "{}", new AnsweringGateway((_, number) => number < 2 ? Image(number) : Refused));

        Assert.Equal((status, incomplete), (run.Status, run.Incomplete));
        Assert.Equal(incomplete ? "bad-request" : null, run.IncompleteReason);
        Assert.Equal(2, run.Output.Documents.Count);
    }

    private static DocumentReply Image(int number) =>
        AnsweringGateway.Document("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, (byte)number]);
}
