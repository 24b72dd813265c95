using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Journal;

/// <summary>
/// Where the entries of all runs are kept. Durable before acknowledged: when an append completes, its entries survive the death of
/// the process and of the machine. Thread-safe.
/// </summary>
/// <remarks>
/// Ownership. A run has at most one writer that can append. <see cref="OpenAsync"/> takes the run from whoever has it, with a higher
/// epoch; from then on every append of the earlier owner fails with <see cref="OwnershipLostException"/> and changes nothing,
/// however alive it is. What the earlier owner was told is durable is there for the new one; what it was not told may or may not be.
/// </remarks>
public interface IRunJournal
{
    /// <summary>Whether commits go through at present; for readiness.</summary>
    JournalHealth Health { get; }

    /// <summary>
    /// Makes a run, durable with its first entries when this completes, and owned by the caller. Where
    /// <see cref="NewRun.IdempotencyKey"/> is taken within the tenant, nothing is made and the run that has it is named.
    /// </summary>
    /// <exception cref="JournalUnavailableException">Nothing was made.</exception>
    ValueTask<CreateOutcome> CreateAsync(NewRun run, EntryBatch first, CancellationToken cancellationToken = default);

    /// <summary>Takes ownership of a run that has not ended. Null where there is no such run or it has ended.</summary>
    ValueTask<IRunWriter?> OpenAsync(RunId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// The durable entries from number <paramref name="from"/> on, in order, to the last one that is durable when it is reached;
    /// it does not wait for more. The first batch may begin before <paramref name="from"/>. Empty where the run is unknown.
    /// Never shows an entry of a commit that was not acknowledged or that a crash could still undo.
    /// </summary>
    IAsyncEnumerable<EntryBatch> ReadAsync(RunId id, long from, CancellationToken cancellationToken = default);

    /// <summary>
    /// Several runs, each from a number on, as <see cref="ReadAsync"/> would give it: the batches of a run in order, those of different
    /// runs as they lie. For a host that takes up many runs at once.
    /// </summary>
    IAsyncEnumerable<RunBatch> ReadManyAsync(IReadOnlyDictionary<RunId, long> from, CancellationToken cancellationToken = default);

    /// <summary>
    /// The last batch known to carry a checkpoint with <see cref="Checkpoint.Seq"/> at most <paramref name="seq"/>: its first entry's
    /// number and the checkpoint. Null where there is none: start from entry 1.
    /// </summary>
    ValueTask<CheckpointPosition?> FindCheckpointAsync(RunId id, long seq, CancellationToken cancellationToken = default);

    ValueTask<RunSummary?> FindAsync(RunId id, CancellationToken cancellationToken = default);

    /// <summary>Newest first (by id), in keyset pages: runs that are submitted while a caller pages appear in no later page.</summary>
    ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>The runs without an end, whoever owns them, oldest first.</summary>
    /// <param name="wanted">Which of them: a store may have to look at each, and spares itself the others. Without, all.</param>
    /// <param name="cancellationToken">Whether they are still wanted.</param>
    ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes an ended run: from lists and reads at once, its entries from the storage soon after, its idempotency key with it.
    /// False where there is none or it has not ended.
    /// </summary>
    ValueTask<bool> DeleteAsync(RunId id, CancellationToken cancellationToken = default);

    /// <summary>Deletes up to <paramref name="limit"/> runs that ended before the given time; answers how many.</summary>
    ValueTask<int> ExpireAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken = default);
}
