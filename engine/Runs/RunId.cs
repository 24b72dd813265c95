using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Engine.Runs;

/// <summary>
/// A run's id: <c>run_</c> and a ULID (26 characters of Crockford's base 32), so that ids sort by the time of submission.
/// 48 bits of Unix milliseconds, then 80 random bits.
/// </summary>
public readonly record struct RunId : IComparable<RunId>
{
    public const int ByteLength = 16;
    private const string Prefix = "run_";
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Digits = 26;

    private readonly UInt128 _value;

    private RunId(UInt128 value) => _value = value;

    public static RunId Create(DateTimeOffset time, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> bytes = stackalloc byte[ByteLength];
        random.NextBytes(bytes);
        var low = BinaryPrimitives.ReadUInt128BigEndian(bytes) & ((UInt128.One << 80) - 1);
        return new RunId(((UInt128)(ulong)time.ToUnixTimeMilliseconds() << 80) | low);
    }

    /// <summary>The lowest id that a run created at a time can have. Times out of the range of ids are taken for its ends.</summary>
    /// <param name="time">Unix milliseconds.</param>
    public static RunId FirstAt(long time) => new((UInt128)(ulong)Math.Clamp(time, 0, (1L << 48) - 1) << 80);

    public static RunId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void WriteBytes(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        WriteBytes(bytes);
        return bytes;
    }

    public static RunId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a run id (run_ and 26 characters).");

    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        id = default;
        if (text is null || text.Length != Prefix.Length + Digits || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        UInt128 value = 0;
        for (var i = Prefix.Length; i < text.Length; i++)
        {
            var digit = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0 || (i == Prefix.Length && digit > 7))
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        id = new RunId(value);
        return true;
    }

    public int CompareTo(RunId other) => _value.CompareTo(other._value);

    public override string ToString() => string.Create(Prefix.Length + Digits, _value, static (text, value) =>
    {
        Prefix.CopyTo(text);
        for (var i = text.Length - 1; i >= Prefix.Length; i--)
        {
            text[i] = Alphabet[(int)(uint)(value & 31)];
            value >>= 5;
        }
    });

    public static bool operator <(RunId left, RunId right) => left.CompareTo(right) < 0;
    public static bool operator >(RunId left, RunId right) => left.CompareTo(right) > 0;
    public static bool operator <=(RunId left, RunId right) => left.CompareTo(right) <= 0;
    public static bool operator >=(RunId left, RunId right) => left.CompareTo(right) >= 0;
}
