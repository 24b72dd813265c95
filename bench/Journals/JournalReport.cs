using Orchestrator.Bench.Statistics;

namespace Orchestrator.Bench.Journals;

/// <param name="Events">Durable in the window.</param>
/// <param name="Seconds">Of the window.</param>
/// <param name="Append">Milliseconds from an append's call until it is durable.</param>
/// <param name="CpuSeconds">Of the process, in the window.</param>
internal sealed record JournalReport(long Events, double Seconds, Quantiles? Append, double CpuSeconds)
{
    public double EventsPerSecond => Events / Seconds;
}
