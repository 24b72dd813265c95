using System.Threading.RateLimiting;
using Polly;

namespace Orchestrator.Engine.Resilience;

/// <summary>Bounds how many dispatches to a model wait for their first event; the others wait here, in order.</summary>
internal sealed class DispatchLimit(int permits) : ResilienceStrategy<ConnectOutcome>
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    protected override async ValueTask<Outcome<ConnectOutcome>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<ConnectOutcome>>> callback, ResilienceContext context, TState state)
    {
        RateLimitLease lease;
        try
        {
            lease = await _limiter.AcquireAsync(1, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        }
        catch (OperationCanceledException cancelled) when (context.CancellationToken.IsCancellationRequested)
        {
            return Outcome.FromException<ConnectOutcome>(cancelled);
        }

        using (lease)
        {
            return await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        }
    }
}
