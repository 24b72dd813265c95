namespace Orchestrator.Engine.Readers;

/// <summary>Walks a run's entries from a number on, wherever they are. One read at a time.</summary>
internal interface IEntryFollower : IDisposable
{
    /// <summary>
    /// The next batch that has the entry at the follower's position, which it moves past it. Waits at the end while the run goes on.
    /// After <see cref="ReaderReadKind.End"/> or <see cref="ReaderReadKind.Moved"/> there is no more.
    /// </summary>
    ValueTask<FollowerRead> ReadAsync(CancellationToken cancellationToken);
}
