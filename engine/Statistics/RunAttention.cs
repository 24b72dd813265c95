using Orchestrator.Engine.Journal;

namespace Orchestrator.Engine.Statistics;

/// <summary>A run that somebody should look at.</summary>
/// <param name="Run">As it is now.</param>
/// <param name="Why"><c>stalled</c>, <c>recovering</c>, <c>queued-long</c> or <c>circuit-open</c>.</param>
/// <param name="Since">Unix milliseconds.</param>
public sealed record RunAttention(RunSummary Run, string Why, long Since);
