using System.Threading.Channels;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Resilience;

/// <summary>How many dispatches to a model wait for their first event at a time; the others queue.</summary>
public sealed class DispatchLimitTests
{
    private static readonly RunSpec Spec = new() { Model = "openai/a" };

    private readonly ManualClock _clock = new();
    private readonly UpstreamPipelines _pipelines;

    /// <summary>The dispatches that have left, in their order.</summary>
    private readonly Channel<(int Number, TaskCompletionSource<ConnectOutcome> Answer)> _left =
        Channel.CreateUnbounded<(int Number, TaskCompletionSource<ConnectOutcome> Answer)>();

    public DispatchLimitTests() => _pipelines = new UpstreamPipelines(new ResilienceOptions { MaxConcurrentDispatches = 2 }, _clock);

    [Fact]
    public async Task Those_beyond_the_limit_wait_and_go_in_their_order()
    {
        var all = Enumerable.Range(1, 5).Select(number => ConnectAsync(number)).ToArray();
        var one = await LeavesAsync(1);
        var two = await LeavesAsync(2);
        Assert.False(_left.Reader.TryRead(out _));
        Answer(two);
        var three = await LeavesAsync(3);
        Assert.False(_left.Reader.TryRead(out _));
        Answer(one);
        var four = await LeavesAsync(4);
        Answer(four);
        Answer(three);
        Answer(await LeavesAsync(5));
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task A_dispatch_that_fails_gives_its_place_away()
    {
        var all = Enumerable.Range(1, 3).Select(number => ConnectAsync(number)).ToArray();
        (await LeavesAsync(1)).SetException(new InvalidOperationException("a fault"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => all[0]);
        await LeavesAsync(2);
        await LeavesAsync(3);
    }

    /// <summary>The first-event deadline begins when the request leaves, not while it queues.</summary>
    [Fact]
    public async Task Time_in_the_queue_is_not_counted()
    {
        _ = ConnectAsync(1, seconds: 600);
        _ = ConnectAsync(2, seconds: 600);
        var third = ConnectAsync(3, seconds: 60);
        Answer(await LeavesAsync(1));
        await LeavesAsync(2);
        var queued = await LeavesAsync(3);
        var fourth = ConnectAsync(4, seconds: 60);
        _clock.AdvanceMs(59_999);
        Answer(queued);
        Assert.IsType<ConnectOutcome.Answered>(await third);
        var last = await LeavesAsync(4);
        _clock.AdvanceMs(59_999);
        Answer(last);
        Assert.IsType<ConnectOutcome.Answered>(await fourth);
    }

    [Fact]
    public async Task One_that_is_cancelled_in_the_queue_never_leaves_and_takes_nobodys_place()
    {
        using var cancellation = new CancellationTokenSource();
        _ = ConnectAsync(1);
        _ = ConnectAsync(2);
        var third = ConnectAsync(3, cancellationToken: cancellation.Token);
        _ = ConnectAsync(4);
        var first = await LeavesAsync(1);
        await LeavesAsync(2);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Answer(first);
        await LeavesAsync(4);
    }

    [Fact]
    public async Task Another_model_has_places_of_its_own()
    {
        _ = ConnectAsync(1);
        _ = ConnectAsync(2);
        _ = ConnectAsync(3);
        _ = ConnectAsync(4, model: "openai/b");
        await LeavesAsync(1);
        await LeavesAsync(2);
        await LeavesAsync(4);
    }

    private static void Answer(TaskCompletionSource<ConnectOutcome> dispatch) => dispatch.SetResult(new ConnectOutcome.Answered());

    private async Task<TaskCompletionSource<ConnectOutcome>> LeavesAsync(int number)
    {
        var left = await _left.Reader.ReadAsync();
        Assert.Equal(number, left.Number);
        return left.Answer;
    }

    private Task<ConnectOutcome> ConnectAsync(int number, int seconds = 60, string model = "openai/a", CancellationToken cancellationToken = default) =>
        _pipelines.ConnectAsync(
            Spec,
            model,
            TimeSpan.FromSeconds(seconds),
            _ =>
            {
                var answer = new TaskCompletionSource<ConnectOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
                Assert.True(_left.Writer.TryWrite((number, answer)));
                return answer.Task;
            },
            cancellationToken);
}
