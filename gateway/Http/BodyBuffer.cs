using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>
/// What was read of a body and has not been taken yet, in one piece: it moves to the front where room runs out behind it, and into a buffer
/// of twice the size where it fills half of this one. So a byte is copied a few times at most, however much must stay together.
/// </summary>
/// <param name="pool">What its buffers come from; larger ones than it has come from the process's.</param>
/// <param name="size">Of its buffer, in bytes, as long as that is enough.</param>
internal sealed class BodyBuffer(MemoryPool<byte> pool, int size) : IDisposable
{
    /// <summary>A read is offered at least this part of a buffer.</summary>
    private const int LeastRoom = 4;

    private IMemoryOwner<byte>? _owner;
    private Memory<byte> _memory;
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    /// <summary>Valid until more is read, or it is let go of.</summary>
    public ReadOnlyMemory<byte> Bytes => _memory[_start.._end];

    /// <summary>Where to read more to.</summary>
    public Memory<byte> Room()
    {
        if (_owner is null)
        {
            Move(size);
        }
        else if (_memory.Length - _end < _memory.Length / LeastRoom || _end == _memory.Length)
        {
            MakeRoom();
        }

        return _memory[_end..];
    }

    /// <summary>So much was read.</summary>
    public void Add(int count) => _end += count;

    /// <summary>So much, from the front, need not be kept.</summary>
    public void Take(int count) => _start += count;

    /// <summary>The buffer goes back to its pool if nothing is in it: a thousand streams that wait must not keep one each.</summary>
    public void LetGo()
    {
        if (IsEmpty)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _owner?.Dispose();
        (_owner, _memory, _start, _end) = (null, default, 0, 0);
    }

    private void MakeRoom()
    {
        var kept = Bytes;
        if (kept.Length > _memory.Length / 2)
        {
            Move((int)Math.Min(2L * _memory.Length, Array.MaxLength));
            return;
        }

        kept.CopyTo(_memory);
        (_start, _end) = (0, kept.Length);
    }

    private void Move(int length)
    {
        var owner = (length <= pool.MaxBufferSize ? pool : MemoryPool<byte>.Shared).Rent(length);
        var memory = owner.Memory[..length];
        var kept = Bytes;
        kept.CopyTo(memory);
        _owner?.Dispose();
        (_owner, _memory, _start, _end) = (owner, memory, 0, kept.Length);
    }
}
