namespace Orchestrator.Engine.Entries;

/// <summary>Unsigned LEB128 integers: seven bits a byte, the lowest first.</summary>
public static class Varint
{
    public const int MaxLength = 10;

    public static int Write(Span<byte> destination, ulong value)
    {
        var i = 0;
        while (value >= 0x80)
        {
            destination[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[i++] = (byte)value;
        return i;
    }

    public static int Length(ulong value)
    {
        var length = 1;
        while (value >= 0x80)
        {
            length++;
            value >>= 7;
        }

        return length;
    }

    /// <summary>Reads one value and moves <paramref name="position"/> past it.</summary>
    /// <exception cref="InvalidDataException">The bytes end inside the value, or it is longer than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> source, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && position < source.Length; shift += 7)
        {
            var b = source[position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A variable-length integer is cut short or too long.");
    }

    /// <summary>Maps small negative numbers to small unsigned ones: 0, -1, 1, -2 … become 0, 1, 2, 3 …</summary>
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
