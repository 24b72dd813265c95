namespace Orchestrator.Engine.Resilience;

/// <summary>Limits per provider and model.</summary>
public sealed class ResilienceOptions
{
    /// <summary>Dispatches that may wait for their first event at the same time; more of them queue.</summary>
    public int MaxConcurrentDispatches { get; set; } = 1024;

    /// <summary>The share of failed dispatches, of all in <see cref="CircuitSampling"/>, that opens the circuit.</summary>
    public double CircuitFailureRatio { get; set; } = 0.5;

    /// <summary>The circuit never opens on fewer dispatches than these in <see cref="CircuitSampling"/>.</summary>
    public int CircuitMinimumThroughput { get; set; } = 20;

    public TimeSpan CircuitSampling { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit refuses dispatches before it lets one through to probe.</summary>
    public TimeSpan CircuitBreak { get; set; } = TimeSpan.FromSeconds(15);
}
