namespace Orchestrator.Client;

/// <summary>A dispatch is about to leave for the gateway.</summary>
public sealed record AttemptStarted : AttemptEvent
{
    /// <summary>Index of the leg: 0 for the model asked for, then the fallbacks in their order.</summary>
    public int Leg { get; init; }

    public string? Model { get; init; }

    /// <summary><c>run</c> or <c>gateway</c>.</summary>
    public string? Transport { get; init; }
}
