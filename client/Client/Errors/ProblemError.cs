namespace Orchestrator.Client;

/// <summary>One problem of a refused submission.</summary>
/// <param name="Pointer">JSON pointer into what was submitted, e.g. <c>/retry/maxAttempts</c>.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record ProblemError(string Pointer, string Message);
