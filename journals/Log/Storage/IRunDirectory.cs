using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Storage;

/// <summary>The rows of all runs: summary, owner, epoch, whether it was released, whom its next owner must fence, idempotency key.</summary>
internal interface IRunDirectory
{
    /// <summary>
    /// Takes runs for a writer, each by compare and set: owner is the writer, the epoch one higher, released false, and, unless it was
    /// released, the previous owner is added to the fence list. Runs that are not there or have ended are not in the answer.
    /// </summary>
    ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs);

    /// <summary>The unfinished, unreleased runs whose row names the writer, with their epochs.</summary>
    ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer);

    /// <summary>The summaries of those that are there.</summary>
    ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken);

    /// <summary>Who has an idempotency key; null where it is free.</summary>
    ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken);

    /// <inheritdoc cref="IRunJournal.ListAsync"/>
    ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken);

    /// <inheritdoc cref="IRunJournal.ListUnfinishedAsync"/>
    ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> runs that ended before a time (Unix milliseconds), the longest ended first.</summary>
    ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes rows of ended runs with their keys: for everybody at once; the runs' chunks soon after. Answers which were removed.
    /// </summary>
    ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs);

    /// <summary>
    /// Removes rows of runs that were never born, with their keys: those that still name the writer and have the epoch, by compare and set. A
    /// run that another writer has taken meanwhile is that writer's, and stays. Answers which were removed.
    /// </summary>
    /// <param name="owner">Who made them, or took them and found nothing.</param>
    /// <param name="epochs">The epoch by run.</param>
    ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs);
}
