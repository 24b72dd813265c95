using System.Net;

namespace Orchestrator.Client;

/// <summary>The service refused a call, or could not be reached, or answered against its contract: see the derived types for the last two.</summary>
public class OrchestratorException : Exception
{
    public OrchestratorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The answer's status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Stable name of the problem, from the problem details.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong, for a person, from the problem details.</summary>
    public string? Detail { get; init; }

    /// <summary>Every problem of a refused request.</summary>
    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>How long the service asked to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
