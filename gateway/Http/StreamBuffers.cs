using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>
/// Buffers for streams. A thousand streams that wait with a buffer each are too many for the shared pool, which keeps a few dozen: it would
/// make a new one for nearly every read. Thread-safe.
/// </summary>
internal sealed class StreamBuffers : MemoryPool<byte>
{
    private const int MostKept = 1024;

    private readonly Lock _lock = new();
    private readonly Stack<Buffer> _kept = new();

    /// <summary>The process's.</summary>
    public static new StreamBuffers Shared { get; } = new();

    /// <summary>Of every buffer.</summary>
    public override int MaxBufferSize => 16 * 1024;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        lock (_lock)
        {
            if (_kept.TryPop(out var kept))
            {
                kept.IsRented = true;
                return kept;
            }
        }

        return new Buffer(this) { IsRented = true };
    }

    /// <summary>What it has kept goes with it.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Buffer buffer)
    {
        lock (_lock)
        {
            if (buffer.IsRented && _kept.Count < MostKept)
            {
                _kept.Push(buffer);
            }

            buffer.IsRented = false;
        }
    }

    private sealed class Buffer(StreamBuffers pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(pool.MaxBufferSize);

        public bool IsRented { get; set; }

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}
