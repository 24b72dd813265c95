namespace Orchestrator.Grains.Contract;

[GenerateSerializer]
[Immutable]
[Alias("orchestrator.submit-reply")]
public sealed class SubmitReply
{
    [Id(0)]
    public required SubmitResult Result { get; init; }

    /// <summary>Where the key is taken: the run that has it.</summary>
    [Id(1)]
    public string? Holder { get; init; }

    /// <summary>Where the key is taken: the hash that came with it.</summary>
    [Id(2)]
    public string? HolderHash { get; init; }

    /// <summary>Where the journal refused: why.</summary>
    [Id(3)]
    public string? Reason { get; init; }
}
