using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public sealed class DispatcherTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly LogBook _logs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());
    private readonly TaskCompletionSource<IReadOnlyList<WebhookDelivery>> _list = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task A_delivery_that_is_settled_while_the_outbox_is_read_is_not_made_twice()
    {
        await using var receiver = await Receiver.StartAsync();
        var runs = new FakeRuns(_clock);
        var outbox = new MemoryOutbox(() => _list.Task);
        var dispatcher = Start(runs, outbox);
        var taken = await EndedAsync(runs, receiver);
        dispatcher.Take(taken);
        await _logs.SeenAsync("Delivered");

        var after = await EndedAsync(runs, receiver);
        _list.SetResult([taken, after]);
        await _logs.SeenAsync("Delivered", 2);

        Assert.Equal([taken.Run, after.Run], outbox.Settled);
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task A_delivery_that_is_taken_twice_is_made_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var runs = new FakeRuns(_clock);
        var outbox = new MemoryOutbox(() => _list.Task);
        var dispatcher = Start(runs, outbox);
        var first = await SubmittedAsync(runs, receiver);
        dispatcher.Take(first);
        _list.SetResult([first]);
        dispatcher.Take(first);
        Assert.Equal(1, dispatcher.PendingCount);

        runs.End(first.Run);
        await _logs.SeenAsync("Delivered");
        Assert.Equal([first.Run], outbox.Settled);
    }

    [Fact]
    public async Task An_outbox_that_can_not_be_read_is_read_again()
    {
        await using var receiver = await Receiver.StartAsync();
        var runs = new FakeRuns(_clock);
        var delivery = await EndedAsync(runs, receiver);
        var reads = 0;
        Start(runs, new MemoryOutbox(() => ++reads == 1
            ? throw new JournalUnavailableException("no disk")
            : Task.FromResult<IReadOnlyList<WebhookDelivery>>([delivery])));

        await _clock.WaitedForAsync(TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(30));

        await receiver.NextAsync();
    }

    [Fact]
    public async Task It_stops_while_the_outbox_is_read()
    {
        await using var receiver = await Receiver.StartAsync();
        var runs = new FakeRuns(_clock);
        var dispatcher = Start(runs, new MemoryOutbox(() => _list.Task));
        dispatcher.Take(await SubmittedAsync(runs, receiver));

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running.WaitAsync(Patience.Span));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience.Span).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _http.Dispose();
    }

    private WebhookDispatcher Start(FakeRuns runs, MemoryOutbox outbox)
    {
        var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        var dispatcher = new WebhookDispatcher(
            runs,
            outbox,
            new WebhookSender(_http, null, Service.ReceiverTimeout, _clock),
            new WebhookSchedule(),
            new DeliveryLimits(),
            _clock,
            new Jitter(new StillRandom()),
            logs.CreateLogger<WebhookDispatcher>());
        _running = dispatcher.RunAsync(_stop.Token);
        return dispatcher;
    }

    private static async Task<WebhookDelivery> EndedAsync(FakeRuns runs, Receiver receiver)
    {
        var delivery = await SubmittedAsync(runs, receiver);
        runs.End(delivery.Run);
        return delivery;
    }

    private static async Task<WebhookDelivery> SubmittedAsync(FakeRuns runs, Receiver receiver)
    {
        var submission = Service.Submission(receiver.Url);
        var run = ((SubmitOutcome.Accepted)await runs.SubmitAsync(submission, CancellationToken.None)).Run;
        return new WebhookDelivery { Run = run.Id, Tenant = Service.Tenant, Webhook = submission.Spec.Webhook!, CreatedAt = run.CreatedAt };
    }
}
