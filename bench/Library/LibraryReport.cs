namespace Orchestrator.Bench.Library;

/// <summary>Of one process, in the order in which they were measured.</summary>
internal sealed record LibraryReport(IReadOnlyList<LibraryBlock> Blocks);
