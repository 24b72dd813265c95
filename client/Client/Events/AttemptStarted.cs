namespace Orchestrator.Client;

/// <summary>A dispatch is about to leave for the gateway.</summary>
public sealed record AttemptStarted : AttemptEvent
{
    /// <summary>Index of the leg: 0 for the model asked for, then the fallbacks in their order.</summary>
    public int Leg { get; init; }

    public string? Model { get; init; }

    /// <summary><c>run</c> or <c>gateway</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>How it goes on from a partial answer: <c>prefill</c> or <c>user-turn</c>; null where it starts from nothing.</summary>
    public string? Continuation { get; init; }
}
