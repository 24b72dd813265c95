namespace Orchestrator.Engine.Entries;

/// <summary>Durable before the request leaves.</summary>
public sealed record AttemptStarted
{
    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    public required int Leg { get; init; }

    public required string Model { get; init; }

    public required string Transport { get; init; }

    /// <summary>Unique; tells two dispatches apart.</summary>
    public required string DispatchId { get; init; }

    public Continuation Continuation { get; init; } = Continuation.None;
}
