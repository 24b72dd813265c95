namespace Orchestrator.Client;

/// <summary>Terminal: the run was stopped by a caller.</summary>
public sealed record RunCancelled : RunEvent;
