using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Limits;

/// <summary>A turn that a silo holds, as the grain has it.</summary>
internal sealed class HeldByGrain(TurnAsk ask, ITurn turn, long takenAt)
{
    public TurnAsk Ask => ask;

    public ITurn Turn => turn;

    /// <summary>Unix milliseconds.</summary>
    public long TakenAt => takenAt;

    /// <summary>Unix milliseconds; null while it is open. Kept for a while: a report may come twice.</summary>
    public long? EndedAt { get; set; }
}
