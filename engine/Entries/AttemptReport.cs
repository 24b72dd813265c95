using System.Text.Json.Serialization;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Entries;

/// <summary>One attempt in the attempt tree, as <c>api.md</c> shows it.</summary>
public sealed record AttemptReport
{
    public required int Attempt { get; init; }

    public required int Leg { get; init; }

    public required string Model { get; init; }

    public required string Transport { get; init; }

    public bool Resumable { get; init; }

    public string? GatewayRunId { get; init; }

    public string? GatewayLogId { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FirstEventAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Complete upstream events taken.</summary>
    public long Events { get; init; }

    public int Reattaches { get; init; }

    public Continuation Continuation { get; init; } = Continuation.None;

    /// <summary>As <see cref="AttemptStarted.Part"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Part { get; init; }

    public TokenCounts? Usage { get; init; }

    /// <summary>Null where the price or the usage is not known.</summary>
    public RunCost? Cost { get; init; }

    public RunError? Error { get; init; }
}
