namespace Orchestrator.Engine.Runs;

/// <summary>Codes of failures that the engine itself finds; those of the upstream are the gateway library's.</summary>
public static class RunErrorCodes
{
    /// <summary>Silent until the first-event deadline.</summary>
    public const string FirstEventTimeout = "first-event-timeout";

    /// <summary>The run's total time was used up.</summary>
    public const string TotalTimeout = "total-timeout";

    /// <summary>The connection broke and could not be taken up again.</summary>
    public const string StreamBroken = "stream-broken";

    /// <summary>A clean end before the answer was complete.</summary>
    public const string StreamTruncated = "stream-truncated";

    /// <summary>The gateway has forgotten the run.</summary>
    public const string ResumeExpired = "resume-expired";

    /// <summary>What the gateway replayed is not what the journal has.</summary>
    public const string ResumeMismatch = "resume-mismatch";

    /// <summary>A complete answer that does not keep to the schema that its request asks for.</summary>
    public const string SchemaMismatch = "schema-mismatch";

    /// <summary>The host went away between the dispatch and its answer: it may have been paid for.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The model fails too often at present and is not called.</summary>
    public const string CircuitOpen = "circuit-open";

    /// <summary>The day's neurons are spent, and runs are not to wait for the next.</summary>
    public const string NeuronsSpent = "neurons-spent";

    /// <summary>The run took its host down again and again.</summary>
    public const string Poisoned = "poisoned";
}
