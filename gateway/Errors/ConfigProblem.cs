namespace Orchestrator.Gateway;

/// <summary>Something in a request that is refused before anything is sent (<see cref="ErrorCodes.Config"/>).</summary>
/// <param name="Field">
/// Where: the path to the field from the object that was checked, JSON pointer segments joined by <c>/</c> without the leading one,
/// e.g. <c>retries/maxAttempts</c>.
/// </param>
/// <param name="Message">What is wrong and what to do about it. Never contains the refused value of a header.</param>
public sealed record ConfigProblem(string Field, string Message)
{
    internal static string Segment(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
