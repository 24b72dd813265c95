namespace Orchestrator.Bench.Library;

/// <summary>Of the process in which the client was, for its last load.</summary>
internal sealed record LibraryReport(long Events, double CpuSeconds, long AllocatedBytes);
