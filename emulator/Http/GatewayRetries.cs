using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Streaming;

namespace Orchestrator.Emulator.Http;

/// <summary>What the gateway does around a dispatch by itself, as the headers ask: it gives up waiting, and it tries again.</summary>
internal sealed class GatewayRetries(TimeProvider time, Ticker ticker, Dispatcher dispatcher)
{
    /// <param name="request">Dispatched once for each attempt, and counted so.</param>
    /// <param name="options">How often, and how patiently.</param>
    /// <param name="gone">The caller left.</param>
    /// <exception cref="BadSettingException">As the dispatcher's.</exception>
    public async Task<DispatchOutcome> DispatchAsync(DispatchRequest request, HeaderOptions options, CancellationToken gone)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await AttemptAsync(request, options.RequestTimeoutMs, gone);
            if (outcome is DispatchOutcome.Answered || attempt >= options.MaxAttempts || gone.IsCancellationRequested)
            {
                return outcome;
            }

            await WaitAsync(In(options.DelayMs(attempt)), gone);
        }
    }

    private async Task<DispatchOutcome> AttemptAsync(DispatchRequest request, int? timeoutMs, CancellationToken gone)
    {
        var limit = timeoutMs is int ms ? In(ms) : long.MaxValue;
        var outcome = dispatcher.Dispatch(request);
        if (FirstByteAt(outcome) <= limit)
        {
            return outcome;
        }

        await WaitAsync(limit, gone);
        return new DispatchOutcome.Failed(outcome.LogId, limit, Failures.TooSlow);
    }

    private static long FirstByteAt(DispatchOutcome outcome) => outcome is DispatchOutcome.Answered answered
        ? Math.Max(outcome.HoldUntil, answered.Stream ? answered.Run.Clock.DueAt(0) : answered.Run.Clock.EndsAt)
        : outcome.HoldUntil;

    private long In(long ms) => time.GetTimestamp() + (ms * time.TimestampFrequency / 1000);

    private async Task WaitAsync(long until, CancellationToken gone)
    {
        if (time.GetTimestamp() < until)
        {
            using TickWait wait = new(ticker, gone);
            await wait.UntilAsync(until);
        }
    }
}
