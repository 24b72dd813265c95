namespace Orchestrator.Engine.Decisions;

/// <summary>All that a decision depends on beside the run's state.</summary>
/// <param name="Now">Unix milliseconds.</param>
/// <param name="End">How the last connection ended; null where none was held since the last decision that used one.</param>
/// <param name="CancelRequested">Somebody asked to stop the run.</param>
public sealed record DecisionInput(long Now, ConnectionEnd? End = null, bool CancelRequested = false);
