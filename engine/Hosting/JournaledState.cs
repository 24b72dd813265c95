using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Hosting;

internal static class JournaledState
{
    /// <summary>Folds all that the journal has of a run; one that it does not have has no entry.</summary>
    public static async Task<RunState> ReadAsync(IRunJournal journal, RunId run, CancellationToken cancellationToken)
    {
        var state = new RunState();
        await foreach (var batch in journal.ReadAsync(run, 1, cancellationToken))
        {
            state.Apply(batch);
            if (state.Status.IsEnded())
            {
                // Nothing follows, and the journal need not look for it.
                break;
            }
        }

        return state;
    }
}
