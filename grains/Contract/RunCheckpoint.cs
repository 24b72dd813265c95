using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Contract;

/// <summary>
/// Where a run stood at its last transition. The journal is the truth; this is for a look that costs one read, and a second fence: it is
/// written under an ETag, and an activation that finds a higher epoch in it than its own has lost the run.
/// </summary>
[GenerateSerializer]
[Alias("orchestrator.run-checkpoint")]
public sealed class RunCheckpoint
{
    /// <summary>The gateway's id for the serving attempt; null before it is attached.</summary>
    [Id(0)]
    public string? GatewayRunId { get; set; }

    /// <summary>Complete upstream events of the serving attempt.</summary>
    [Id(1)]
    public long EventOffset { get; set; }

    /// <summary>A <see cref="RunStatus"/>; 0 where nothing has been written yet.</summary>
    [Id(2)]
    public int Status { get; set; }

    /// <summary>The journal's epoch of the activation that wrote this.</summary>
    [Id(3)]
    public long Epoch { get; set; }

    /// <summary>The number of the last journal entry that this includes.</summary>
    [Id(4)]
    public long LastNumber { get; set; }

    /// <summary>The silo of the activation that wrote this, where the run is well there; null in those of silos of before, too.</summary>
    [Id(5)]
    public string? Silo { get; set; }

    public bool HasEnded => Status > 0 && ((RunStatus)Status).IsEnded();
}
