namespace Orchestrator.Api.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Place">In what part of the request.</param>
/// <param name="Where">The JSON pointer, or the name of the parameter or header.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
internal sealed record ProblemError(ProblemPlace Place, string Where, string Message);
