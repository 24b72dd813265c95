namespace Orchestrator.Client;

/// <summary>One event of a run. What a reader saw is never taken back or renumbered: the same run read twice gives the same events.</summary>
public abstract record RunEvent
{
    /// <summary>Position in the run: from 1, without gaps. Pass it as <c>after</c> to come back behind this event.</summary>
    public long Seq { get; init; }

    /// <summary>The event's name on the wire, one of <see cref="RunEventTypes"/> or one that this client does not know yet.</summary>
    public string Type { get; init; } = "";

    /// <summary>True for the last event of a run, after which nothing follows.</summary>
    public bool EndsRun => RunEventTypes.EndsRun(Type);
}
