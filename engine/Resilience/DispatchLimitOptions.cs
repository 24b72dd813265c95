using Polly;

namespace Orchestrator.Engine.Resilience;

/// <summary>The name under which Polly's telemetry knows the limit.</summary>
internal sealed class DispatchLimitOptions : ResilienceStrategyOptions
{
    public DispatchLimitOptions() => Name = "dispatch-limit";
}
