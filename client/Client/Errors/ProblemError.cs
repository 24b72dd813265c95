namespace Orchestrator.Client;

/// <summary>One problem of a refused request.</summary>
/// <param name="Where">JSON pointer into what was submitted, e.g. <c>/retry/maxAttempts</c>; or the name of a query parameter or a header.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record ProblemError(string Where, string Message);
