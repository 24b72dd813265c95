namespace Orchestrator.Grains.Contract;

/// <summary>A run's first entries, encoded as they are journaled; secrets are sealed in them.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.submit-request")]
public sealed class SubmitRequest
{
    [Id(0)]
    public required EntrySlice First { get; init; }

    [Id(1)]
    public string? IdempotencyKey { get; init; }

    [Id(2)]
    public string? RequestHash { get; init; }

    /// <summary>An earlier call with this request was not answered: the run may be there already.</summary>
    [Id(3)]
    public bool IsRepeated { get; init; }
}
