using System.Buffers;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Readers;

/// <summary>
/// Reads the upstream's own bytes: the events of the attempt that serves the run, from an index on, as the gateway's resume endpoint
/// would send them. An answer that came as JSON is its only event, and one of bytes is none. Where another attempt takes over, what was
/// read is no part of the answer any more: the reader is told to come back.
/// </summary>
/// <param name="follower">At the entry of the event <paramref name="index"/> of the attempt, or at its attachment.</param>
/// <param name="attempt">The one that serves the run; 0 where none does yet.</param>
/// <param name="index">How many events of it come before the follower's position.</param>
/// <param name="from">The first event that is wanted.</param>
internal sealed class UpstreamReader(IEntryFollower follower, int attempt, long index, long from) : IRunReader
{
    private int _attempt = attempt;
    private long _index = index;
    private byte[] _bytes = [];
    private bool _sent;
    private bool _ended;

    /// <summary>The bytes are good until the next read.</summary>
    public async ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken)
    {
        Release();
        while (true)
        {
            var read = await follower.ReadAsync(cancellationToken);
            if (read.Kind != ReaderReadKind.Data)
            {
                // An end without the run's last entry is none: the run has been removed under its reader.
                return new ReaderRead(read.Kind == ReaderReadKind.End && !_ended ? ReaderReadKind.Moved : read.Kind, default);
            }

            if (!TryCollect(read.Batch!, read.From, out var bytes))
            {
                return new ReaderRead(ReaderReadKind.Moved, default);
            }

            if (!bytes.IsEmpty)
            {
                _sent = true;
                return new ReaderRead(ReaderReadKind.Data, bytes);
            }
        }
    }

    public void Dispose()
    {
        Release();
        follower.Dispose();
    }

    private bool TryCollect(EntryBatch batch, long firstNew, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        var length = 0;

        // Frames are longer than the events in them: a batch always fits.
        Release();
        _bytes = ArrayPool<byte>.Shared.Rent(batch.Data.Length);
        foreach (var entry in batch)
        {
            if (entry.Number < firstNew)
            {
                continue;
            }

            _ended |= entry.Kind == EntryKind.RunEnded;
            if (entry.Kind == EntryKind.AttemptAttached && EntryCodec.ReadAttemptAttached(entry.Payload).Attempt is var attached && attached > _attempt)
            {
                if (_sent || length > 0)
                {
                    return false;
                }

                _attempt = attached;
                _index = 0;
            }
            else if (entry.Kind == EntryKind.UpstreamEvent)
            {
                var raw = EntryCodec.ReadUpstreamEvent(entry.Payload, out var owner);
                if (owner == _attempt && _index++ >= from)
                {
                    raw.Span.CopyTo(_bytes.AsSpan(length));
                    length += raw.Length;
                }
            }
            else if (entry.Kind == EntryKind.AttemptResult && EntryCodec.ReadAttemptResult(entry.Payload) is var result && result.Attempt == _attempt)
            {
                if (_index++ >= from && result.IsJson)
                {
                    length = Append(result.Body.Span, length);
                }
            }
        }

        bytes = _bytes.AsMemory(0, length);
        return true;
    }

    private int Append(ReadOnlySpan<byte> json, int length)
    {
        var needed = length + JsonEvent.LengthOf(json);
        if (_bytes.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(needed);
            _bytes.AsSpan(0, length).CopyTo(larger);
            Release();
            _bytes = larger;
        }

        JsonEvent.Write(json, _bytes.AsSpan(length));
        return needed;
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
