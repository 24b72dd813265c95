namespace Orchestrator.Grains.Contract;

/// <summary>A run as lists show it. Times are Unix milliseconds; what is null is not known, or not yet.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.silo-run")]
public sealed class SiloRun
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Tenant { get; init; }

    /// <summary>As it is journaled.</summary>
    [Id(2)]
    public int Status { get; init; }

    [Id(3)]
    public required string Model { get; init; }

    [Id(4)]
    public required string Task { get; init; }

    /// <summary>The caller's own, a JSON object.</summary>
    [Id(5)]
    public required string Metadata { get; init; }

    [Id(6)]
    public long CreatedAt { get; init; }

    [Id(7)]
    public long? StartedAt { get; init; }

    [Id(8)]
    public long? EndedAt { get; init; }

    [Id(9)]
    public bool Incomplete { get; init; }

    [Id(10)]
    public string? IncompleteReason { get; init; }

    [Id(11)]
    public string? FinishReason { get; init; }

    [Id(12)]
    public long? InputTokens { get; init; }

    [Id(13)]
    public long? OutputTokens { get; init; }

    [Id(14)]
    public long? TotalTokens { get; init; }

    [Id(15)]
    public string? ErrorCode { get; init; }

    [Id(16)]
    public string? ErrorMessage { get; init; }

    [Id(17)]
    public long? Seq { get; init; }

    [Id(18)]
    public long? FirstEventAt { get; init; }

    [Id(19)]
    public long? Events { get; init; }

    [Id(20)]
    public int? Attempts { get; init; }

    [Id(21)]
    public int? Reattaches { get; init; }

    [Id(22)]
    public int? Fallbacks { get; init; }

    [Id(23)]
    public int? Leg { get; init; }

    [Id(24)]
    public SiloCost? Cost { get; init; }

    [Id(25)]
    public string? TraceId { get; init; }

    /// <summary>0 where nobody works on it.</summary>
    [Id(26)]
    public int Phase { get; init; }
}
