using System.Buffers;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Compaction;

/// <summary>Cuts the parts of runs into chunks, and hands them to the storage as many at a time as make a small transaction.</summary>
/// <remarks>
/// The same segment always gives the same chunks, so that doing it again after a crash changes nothing. A chunk has no gap: a run that
/// went to another writer and came back has its entries of between elsewhere.
/// </remarks>
/// <param name="storage">Where the files are.</param>
/// <param name="chunkBytes">How large a chunk may grow, and how much is written at a time.</param>
/// <param name="pause">Awaited after each write but the last.</param>
internal sealed class ChunkWriter(IRunFileStorage storage, int chunkBytes, Func<Task> pause) : IDisposable
{
    private readonly FrameBuilder _frame = new();
    private readonly List<RunChunk> _chunks = [];
    private readonly List<byte[]> _rented = [];
    private int _waiting;
    private RunId _run;
    private long _first;
    private long _next;
    private long? _checkpointSeq;

    public async ValueTask AddAsync(RunId run, List<SegmentContents.BlockPart> parts, CancellationToken cancellationToken)
    {
        _next = 0;
        foreach (var part in parts)
        {
            Add(run, part);
            if (_waiting >= chunkBytes)
            {
                await WriteAsync(cancellationToken);
                await pause();
            }
        }

        Cut();
    }

    public async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        if (_chunks.Count > 0)
        {
            await storage.WriteChunksAsync(_chunks, cancellationToken);
            Recycle();
        }
    }

    public void Dispose() => Recycle();

    private void Add(RunId run, SegmentContents.BlockPart encoded)
    {
        var reader = PartReader.OfPart(encoded.Bytes);
        reader.MoveNext();
        var part = reader.Current;
        if (part.LastNumber < _next)
        {
            // It landed twice.
            return;
        }

        // A checkpoint is found by the chunk that begins with it, or is the first in it.
        var atCheckpoint = part.HasCheckpoint && _frame.Length >= chunkBytes / 8;
        if (!_frame.IsEmpty && (part.FirstNumber != _next || atCheckpoint || _frame.Length + part.Length > chunkBytes))
        {
            Cut();
        }

        if (_frame.IsEmpty)
        {
            _run = run;
            _first = part.FirstNumber;
        }

        _checkpointSeq ??= part.HasCheckpoint ? part.CheckpointSeq : null;
        _next = part.LastNumber + 1;
        _frame.AddToChunk(part, encoded.Bytes);
    }

    private void Cut()
    {
        if (_frame.IsEmpty)
        {
            return;
        }

        var frame = _frame.Close(Envelope.Chunk);
        var data = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(data);
        _rented.Add(data);
        _chunks.Add(new RunChunk(_run, _first, checked((int)(_next - _first)), _checkpointSeq, data.AsMemory(0, frame.Length)));
        _waiting += frame.Length;
        _frame.Clear();
        _checkpointSeq = null;
    }

    private void Recycle()
    {
        _chunks.Clear();
        _waiting = 0;
        foreach (var data in _rented)
        {
            ArrayPool<byte>.Shared.Return(data);
        }

        _rented.Clear();
    }
}
