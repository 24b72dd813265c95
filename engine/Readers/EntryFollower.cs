using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Readers;

/// <summary>
/// Walks a run's entries from a number on: what is in the tail from there, what is older from the journal, and waits at the end while
/// the run is active.
/// </summary>
internal sealed class EntryFollower : IEntryFollower
{
    private readonly IRunJournal _journal;
    private readonly RunId _run;
    private readonly RunTail? _tail;
    private readonly bool _unfinished;
    private readonly TailCursor? _cursor;
    private readonly ITimer? _keepAlive;
    private IAsyncEnumerator<EntryBatch>? _stored;

    /// <param name="journal">For what is not in memory.</param>
    /// <param name="run">Which run.</param>
    /// <param name="from">The number of the first entry that is wanted.</param>
    /// <param name="tail">Null for a run that has ended, or is not active here.</param>
    /// <param name="unfinished">Without a tail: the run goes on somewhere else, so that the end of what is stored is not its end.</param>
    /// <param name="clock">For the keep-alive.</param>
    /// <param name="keepAlive">After how much silence a wait is broken off; infinite for never.</param>
    public EntryFollower(IRunJournal journal, RunId run, long from, RunTail? tail, bool unfinished, TimeProvider clock, TimeSpan keepAlive)
    {
        _journal = journal;
        _run = run;
        _tail = tail;
        _unfinished = unfinished;
        Position = from;
        _cursor = tail?.AddCursor();
        if (_cursor is not null && keepAlive != Timeout.InfiniteTimeSpan)
        {
            _keepAlive = clock.CreateTimer(static cursor => ((TailCursor)cursor!).Poke(), _cursor, keepAlive, keepAlive);
        }
    }

    /// <summary>The number of the next entry.</summary>
    public long Position { get; private set; }

    /// <summary>The next batch that has the entry at <see cref="Position"/>, which it moves past it; what else is said otherwise.</summary>
    public async ValueTask<FollowerRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_stored is not null)
            {
                if (await NextStoredAsync() is { } stored)
                {
                    return Moved(stored, null);
                }
            }

            // Asked before the last number: what was closed by now has published all that it ever will.
            var end = _tail?.End ?? TailEnd.Open;
            if (_tail?.Find(Position) is { } hot)
            {
                return Moved(hot.Entries, hot);
            }

            if (_tail is null || Position <= _tail.LastNumber)
            {
                _stored = _journal.ReadAsync(_run, Position, cancellationToken).GetAsyncEnumerator(cancellationToken);
                if (await NextStoredAsync() is { } stored)
                {
                    return Moved(stored, null);
                }

                // With a tail the entry was there: the run has been removed since. Without one it may have been, in the middle of the read.
                var isWhole = _tail is null && !_unfinished && await _journal.FindAsync(_run, cancellationToken) is not null;
                return new FollowerRead(isWhole ? ReaderReadKind.End : ReaderReadKind.Moved, null, null, Position);
            }

            if (end != TailEnd.Open)
            {
                return new FollowerRead(end == TailEnd.Ended ? ReaderReadKind.End : ReaderReadKind.Moved, null, null, Position);
            }

            if (await _cursor!.WaitAsync(Position, cancellationToken) == TailSignal.Quiet)
            {
                return new FollowerRead(ReaderReadKind.Quiet, null, null, Position);
            }
        }
    }

    public void Dispose()
    {
        _keepAlive?.Dispose();
        _cursor?.Dispose();
        if (_stored is not null)
        {
            _ = CloseStoredAsync();
        }
    }

    private async Task CloseStoredAsync()
    {
        var stored = _stored!;
        _stored = null;
        await stored.DisposeAsync();
    }

    private async ValueTask<EntryBatch?> NextStoredAsync()
    {
        while (await _stored!.MoveNextAsync())
        {
            if (_stored.Current.LastNumber >= Position)
            {
                return _stored.Current;
            }
        }

        await CloseStoredAsync();
        return null;
    }

    private FollowerRead Moved(EntryBatch batch, TailBatch? hot)
    {
        var from = Position;
        Position = batch.LastNumber + 1;
        return new FollowerRead(ReaderReadKind.Data, batch, hot, from);
    }
}
