using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Execution;

/// <summary>The run's submission, which can be large: at hand until the upstream has answered, then read again from the journal if needed.</summary>
internal sealed class SubmissionSource(IRunJournal journal, RunId run, RunSubmitted? atHand)
{
    private RunSubmitted? _atHand = atHand;

    /// <summary>Keeps it at hand.</summary>
    public async ValueTask<RunSubmitted> GetAsync() => _atHand = await ReadAsync();

    public async ValueTask<RunSubmitted> ReadAsync()
    {
        if (_atHand is { } known)
        {
            return known;
        }

        await foreach (var batch in journal.ReadAsync(run, 1))
        {
            foreach (var entry in batch)
            {
                return EntryCodec.ReadRunSubmitted(entry.Payload);
            }
        }

        // A run that has an owner has its first entry: another host has taken it, ended it, and somebody has deleted it.
        throw new OwnershipLostException(run);
    }

    public void Forget() => _atHand = null;
}
