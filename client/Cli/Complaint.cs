namespace Orchestrator.Cli;

/// <summary>What went wrong, for a person and for a script.</summary>
internal sealed record Complaint(int ExitCode, params IReadOnlyList<string> Lines);
