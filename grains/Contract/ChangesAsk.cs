namespace Orchestrator.Grains.Contract;

/// <summary>A place in the changes of a silo's runs.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.changes-ask")]
public sealed class ChangesAsk
{
    /// <summary>Of the silo; 0 where the place is not known yet: then nothing is told but where it is.</summary>
    [Id(0)]
    public long Log { get; init; }

    /// <summary>Everything up to here has been heard.</summary>
    [Id(1)]
    public long After { get; init; }

    /// <summary>And, up to here, everything that is more than progress.</summary>
    [Id(2)]
    public long Moved { get; init; }

    /// <summary>Progress, too.</summary>
    [Id(3)]
    public bool IsWhole { get; init; }

    /// <summary>So many at most, the oldest ones; 0 for all, which silos of before ask for.</summary>
    [Id(4)]
    public int Most { get; init; }
}
