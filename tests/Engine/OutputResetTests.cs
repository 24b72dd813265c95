using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests;

/// <summary>The event that takes output back says what comes in its place, wherever a reader takes up the events.</summary>
public sealed partial class OutputResetTests
{
    /// <summary>More than the entries between two checkpoints.</summary>
    private const int Pieces = 1_200;

    [Theory]
    [InlineData(false, false, "restart")]
    [InlineData(true, false, "fallback")]
    [InlineData(true, true, "restart")]
    public async Task It_has_its_reason(bool hasNextLeg, bool isOnNextLeg, string reason)
    {
        var dispatches = 0;
        var clock = new ManualClock();
        var gateway = new FakeGateway(clock, _ => dispatches++ == 0 && isOnNextLeg
            ? new DispatchPlan { Refusal = FakeErrors.NoModel }
            : Plan(fails: dispatches == (isOnNextLeg ? 2 : 1)));
        var runs = new EmbeddedRuns(
            new MemoryJournal(), gateway, new PlainSeal(), new EngineOptions(), clock, new Random(1), NullLogger<EmbeddedRuns>.Instance);
        var submitted = await runs.SubmitAsync(
            new Submission
            {
                Tenant = "",
                Spec = new RunSpec
                {
                    Model = "openai/a",
                    Fallback = hasNextLeg ? new FallbackSpec { Models = ["openai/b"] } : null,
                    Retry = new RetrySpec { MaxAttempts = 2, DelayMs = 0 },
                    OnStreamFailure = StreamPolicy.Restart,
                },
                Inputs = new RunInputs("{}"u8.ToArray(), RunInputs.None),
            },
            TestContext.Current.CancellationToken);
        var id = ((SubmitOutcome.Accepted)submitted).Run.Id;
        await runs.WaitForEndAsync("", id, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(2));

        var all = await (await runs.OpenEventsAsync("", id, 0, TestContext.Current.CancellationToken)).ReadToEndAsync();
        var reset = Assert.Single(Reset().Matches(all));
        Assert.Equal(reason, reset.Groups["reason"].Value);

        var before = long.Parse(reset.Groups["seq"].Value, CultureInfo.InvariantCulture) - 1;
        Assert.True(before > Pieces);
        var rest = await (await runs.OpenEventsAsync("", id, before, TestContext.Current.CancellationToken)).ReadToEndAsync();
        Assert.Equal(all[reset.Index..], rest);
    }

    private static DispatchPlan Plan(bool fails)
    {
        var answer = ChatScript.Render(WireFormat.OpenAi, Enumerable.Repeat("x", Pieces));
        IEnumerable<byte[]> events = fails ? [.. answer.Take(Pieces), ChatScript.Error(WireFormat.OpenAi, "server_error", "broke")] : answer;
        return new DispatchPlan { Events = [.. events.Select(static one => new TimedEvent(0, one))], Connection = new ConnectionPlan { PacketEvents = 50 } };
    }

    [GeneratedRegex(
        "id: (?<seq>[0-9]+)\nevent: output.reset\ndata: {\"seq\":[0-9]+,\"type\":\"output.reset\",\"attempt\":[12],\"reason\":\"(?<reason>[a-z]+)\"}\n\n",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Reset();
}
