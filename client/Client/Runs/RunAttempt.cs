namespace Orchestrator.Client;

/// <summary>One dispatch of the run to a model.</summary>
public sealed record RunAttempt
{
    /// <summary>Number within the run, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Index of the leg: 0 for the model asked for, then the fallbacks in their order.</summary>
    public int Leg { get; init; }

    public string? Model { get; init; }

    public string? Transport { get; init; }

    public bool Resumable { get; init; }

    public string? GatewayRunId { get; init; }

    public string? GatewayLogId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FirstEventAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gateway events taken.</summary>
    public long Events { get; init; }

    /// <summary>How often the gateway's stream broke and was resumed.</summary>
    public int Reattaches { get; init; }

    /// <summary>How it went on from a partial answer: <c>prefill</c> or <c>user-turn</c>; null where it started from nothing.</summary>
    public string? Continuation { get; init; }

    public Usage? Usage { get; init; }

    public RunError? Error { get; init; }
}
