namespace Orchestrator.Journals.Storage;

/// <summary>
/// What a store provides: the log, the runs' files, and the directory. Thread-safe, except that a writer makes one commit at a time.
/// Every method throws <see cref="Engine.Journal.JournalUnavailableException"/> where the storage can not be read or written, with the
/// cause and the remedy; after it, nothing was changed, or doing it again is right.
/// </summary>
/// <remarks>
/// How the journal stays fenced on it, whether or not the store has transactions. Taking a run over: claim its row (compare and set,
/// epoch + 1), then list the segments, then seal every unsealed one of the writers to be fenced, then read. Going on after a refused
/// append: register a new segment, then re-read which rows are still one's own, then append. Either the taker's list has the new
/// segment, or the writer's re-read sees the claim.
/// </remarks>
internal interface IJournalStorage : ILogStorage, IRunFileStorage, IRunDirectory, IAsyncDisposable
{
    /// <summary>
    /// Whether a commit's block and directory changes become durable together. Where not, the order is: idempotency keys and new rows,
    /// block, summaries and releases; blocks then carry the summaries too, and whoever reads another writer's log puts the ends of runs that
    /// he finds there into the directory.
    /// </summary>
    bool IsAtomic { get; }

    /// <summary>
    /// Makes a commit durable. At most one with a block is under way for a writer.
    /// </summary>
    /// <exception cref="Engine.Journal.JournalUnavailableException">Nothing was made durable, nor will be.</exception>
    ValueTask<CommitOutcome> CommitAsync(JournalCommit commit);

    /// <summary>Whether commits would go through now: writes about as much as a commit does, and leaves nothing behind.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken);
}
