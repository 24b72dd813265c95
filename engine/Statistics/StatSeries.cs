namespace Orchestrator.Engine.Statistics;

/// <param name="Key">The model, leg or tenant; null where they are all one.</param>
/// <param name="Points">One for each stretch of time.</param>
/// <param name="Total">Of them all.</param>
public sealed record StatSeries(string? Key, IReadOnlyList<Counts> Points, Counts Total);
