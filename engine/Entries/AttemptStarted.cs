using System.Text.Json.Serialization;

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

    /// <summary>Which of the run's results it is for, from 0. Not written where 0, as it was before there were several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Part { get; init; }

    /// <summary>
    /// The end of the partial answer that its text may say again, and which is then taken out (projections from version 2 on); null where
    /// nothing can come twice.
    /// </summary>
    public string? Tail { get; init; }
}
