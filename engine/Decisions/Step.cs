using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Decisions;

/// <summary>What to do next with a run. A closed set: the executor carries out each kind in one place.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>Journal an attempt and send its request.</summary>
    public sealed record Dispatch(int Attempt, int Leg, Continuation Continuation, int Part = 0) : Step;

    /// <summary>Take the attempt's events up again.</summary>
    public sealed record Reattach : Step
    {
        public static readonly Reattach Instance = new();
    }

    /// <summary>Nothing before that time (Unix milliseconds).</summary>
    public sealed record Wait(long Until) : Step;

    /// <summary>Journal that the connection is gone; the attempt goes on.</summary>
    public sealed record Detach(string Reason, string? Message, long? RetryAfterMs) : Step;

    /// <summary>Journal that the attempt is over without a complete answer.</summary>
    public sealed record Fail(RunError Error, bool HostLost = false) : Step;

    /// <summary>Journal the end of the run.</summary>
    public sealed record End(RunStatus Status, RunError? Error = null, string? IncompleteReason = null) : Step;

    /// <summary>The run has ended: there is nothing to do.</summary>
    public sealed record Done : Step
    {
        public static readonly Done Instance = new();
    }
}
