namespace Orchestrator.Bench.Reporting;

/// <param name="Load">Which load.</param>
/// <param name="PerMillion">CPU seconds per million events, by process.</param>
internal sealed record CpuRow(string Load, IReadOnlyDictionary<string, double> PerMillion);
