using System.Collections.Concurrent;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Grains.Limits;

/// <summary>
/// Turns of runs that are being submitted here, from the call until the run's grain has them. It is on this silo, unless the call had to be made
/// again; a turn that nobody took is the submission's to end.
/// </summary>
internal sealed class DraftTurns
{
    private readonly ConcurrentDictionary<RunId, ITurn> _turns = new();

    public void Leave(RunId run, ITurn? turn)
    {
        if (turn is not null)
        {
            _turns[run] = turn;
        }
    }

    public ITurn? Take(RunId run) => _turns.TryRemove(run, out var turn) ? turn : null;
}
