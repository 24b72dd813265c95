using System.Buffers;
using System.Buffers.Text;

namespace Orchestrator.Emulator;

/// <summary>Bytes being put together, in a rented array. Holds nothing until the first write and after <see cref="Release"/>.</summary>
internal sealed class ByteSlab(int capacity = 1024) : IDisposable
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Write(long number)
    {
        const int LongestNumber = 20;
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out var written);
        Length += written;
    }

    /// <summary>Repeats the pattern up to <paramref name="count"/> bytes.</summary>
    public void Fill(ReadOnlySpan<byte> pattern, int count)
    {
        for (; count > pattern.Length; count -= pattern.Length)
        {
            Write(pattern);
        }

        Write(pattern[..count]);
    }

    public void Truncate(int length) => Length = length;

    public void Dispose() => Release();

    /// <summary>Gives the array back and begins anew.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        Length = 0;
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, Math.Max(_bytes.Length * 2, Length + count)));
            Span.CopyTo(larger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }
}
