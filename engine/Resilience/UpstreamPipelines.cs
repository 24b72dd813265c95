using System.Collections.Concurrent;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Gateway;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Orchestrator.Engine.Resilience;

/// <summary>
/// One pipeline per provider and model: concurrency limit, circuit breaker, first-event deadline. It covers a dispatch up to its first
/// event; what comes after that is the run's own affair. Thread-safe.
/// </summary>
internal sealed class UpstreamPipelines(ResilienceOptions options, TimeProvider clock)
{
    /// <summary>Model names come from callers: past this many the pipelines start over rather than grow for ever.</summary>
    private const int MaxPipelines = 4096;

    private static readonly ResiliencePropertyKey<TimeSpan> FirstEventTimeout = new("first-event-timeout");

    private readonly ConcurrentDictionary<string, (ResiliencePipeline<ConnectOutcome> Pipeline, CircuitMeter Meter)> _pipelines = new(StringComparer.Ordinal);

    /// <summary>Runs a dispatch; every refusal of the pipeline itself becomes a <see cref="ConnectOutcome.Refused"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller's own cancellation.</exception>
    public async Task<ConnectOutcome> ConnectAsync(
        RunSpec spec, string model, TimeSpan firstEventTimeout, Func<CancellationToken, Task<ConnectOutcome>> connect, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(FirstEventTimeout, firstEventTimeout);
        try
        {
            return await PipelineFor(model).ExecuteAsync(
                static async (context, connect) => await connect(context.CancellationToken), context, connect);
        }
        catch (TimeoutRejectedException)
        {
            return new ConnectOutcome.Refused(Errors.FirstEventTimeout(spec));
        }
        catch (BrokenCircuitException broken)
        {
            return new ConnectOutcome.Refused(Errors.CircuitOpen(model, broken.RetryAfter));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<ConnectOutcome> PipelineFor(string model)
    {
        if (_pipelines.Count > MaxPipelines)
        {
            StartOver();
        }

        return _pipelines.GetOrAdd(model, static (model, self) => self.Build(model, new CircuitMeter(model)), this).Pipeline;
    }

    private void StartOver()
    {
        foreach (var model in _pipelines.Keys)
        {
            if (_pipelines.TryRemove(model, out var gone))
            {
                gone.Meter.OnGone();
            }
        }
    }

    private (ResiliencePipeline<ConnectOutcome> Pipeline, CircuitMeter Meter) Build(string model, CircuitMeter meter) => (
        new ResiliencePipelineBuilder<ConnectOutcome> { TimeProvider = clock }
            .AddStrategy(_ => new DispatchLimit(options.MaxConcurrentDispatches), new DispatchLimitOptions())
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ConnectOutcome>
            {
                FailureRatio = options.CircuitFailureRatio,
                MinimumThroughput = options.CircuitMinimumThroughput,
                SamplingDuration = options.CircuitSampling,
                BreakDuration = options.CircuitBreak,
                OnOpened = _ => meter.OnOpened(),
                OnClosed = _ => meter.OnClosed(),
                ShouldHandle = static arguments => ValueTask.FromResult(IsProvidersFault(arguments.Outcome)),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = static arguments => ValueTask.FromResult(
                    arguments.Context.Properties.GetValue(FirstEventTimeout, Timeout.InfiniteTimeSpan)),
            })
            .Build(),
        meter);

    private static bool IsProvidersFault(Outcome<ConnectOutcome> outcome) => outcome switch
    {
        { Exception: TimeoutRejectedException } => true,
        { Result: ConnectOutcome.Refused { Error.Code: ErrorCodes.ProviderError or ErrorCodes.GatewayError or ErrorCodes.Timeout } } => true,
        _ => false,
    };
}
