namespace Orchestrator.Engine.Runs;

/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people.</param>
public sealed record RunWarning(string Code, string Message);
