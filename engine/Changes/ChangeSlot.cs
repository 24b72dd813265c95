using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Changes;

/// <summary>A run's place in the order of changes. All but its identity is guarded by the lock of <see cref="RunChanges"/>.</summary>
internal sealed class ChangeSlot(RunId run, string tenant)
{
    public RunId Run { get; } = run;

    public string Tenant { get; } = tenant;

    /// <summary>Null once nobody works on it here.</summary>
    public IChangingRun? Live { get; set; }

    /// <summary>What it was last, once nobody works on it here; null where it was deleted.</summary>
    public RunSummary? Last { get; set; }

    /// <summary>Another host told of it last.</summary>
    public bool IsElsewhere { get; set; }

    /// <summary>Of its last change.</summary>
    public long Number { get; set; }

    /// <summary>Of its last change that was more than progress.</summary>
    public long Moved { get; set; }

    /// <summary>What was last told of a run that is silent.</summary>
    public RunPhase Phase { get; set; }

    public ChangeSlot? Before { get; set; }

    public ChangeSlot? After { get; set; }
}
