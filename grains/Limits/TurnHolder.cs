using Microsoft.Extensions.Logging;
using Orchestrator.Grains.Contract;
using Orleans.Concurrency;

namespace Orchestrator.Grains.Limits;

[Reentrant]
internal sealed class TurnHolder(GrainId id, Silo silo, ILoggerFactory logs, ClusterTurns turns) : GrainService(id, silo, logs), ITurnHolder
{
    public Task<HeldTurn[]> HeldAsync(string limit) => Task.FromResult(turns.Held(limit));
}
