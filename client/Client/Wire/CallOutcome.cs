namespace Orchestrator.Client;

/// <summary>What became of one try of a call: an answer, a refusal, or nothing, and what may be done about it.</summary>
internal readonly record struct CallOutcome
{
    public HttpResponseMessage? Response { get; init; }

    public OrchestratorException? Refusal { get; init; }

    /// <summary>How the connection was lost.</summary>
    public Exception? Lost { get; init; }

    /// <summary>The same request may succeed later.</summary>
    public bool Transient { get; init; }

    /// <summary>The service surely did nothing.</summary>
    public bool NeverArrived { get; init; }
}
