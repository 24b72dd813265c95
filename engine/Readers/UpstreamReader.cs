using System.Buffers;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Readers;

/// <summary>
/// Reads the upstream's own bytes: the events of the attempt that serves the run, from an index on, as the gateway's resume endpoint
/// would send them. Where another attempt takes over, what was read is no part of the answer any more: the reader is told to come back.
/// </summary>
internal sealed class UpstreamReader(EntryFollower follower, int attempt, long from) : IRunReader
{
    private int _attempt = attempt;
    private long _index;
    private bool _sent;

    public async ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await follower.ReadAsync(cancellationToken);
            if (read.Kind != ReaderReadKind.Data)
            {
                return new ReaderRead(read.Kind, default);
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

    public void Dispose() => follower.Dispose();

    private bool TryCollect(EntryBatch batch, long firstNew, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        var collected = new ArrayBufferWriter<byte>(batch.Data.Length);
        foreach (var entry in batch)
        {
            if (entry.Number < firstNew)
            {
                continue;
            }

            if (entry.Kind == EntryKind.AttemptAttached && EntryCodec.ReadAttemptAttached(entry.Payload).Attempt is var attached && attached > _attempt)
            {
                if (_sent || collected.WrittenCount > 0)
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
                    collected.Write(raw.Span);
                }
            }
            else if (entry.Kind == EntryKind.AttemptResult && EntryCodec.ReadAttemptResult(entry.Payload) is var result && result.Attempt == _attempt)
            {
                if (_index++ >= from)
                {
                    collected.Write(result.Body.Span);
                }
            }
        }

        bytes = collected.WrittenMemory;
        return true;
    }
}
