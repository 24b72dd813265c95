using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Orchestrator.Journals.Formats;

/// <summary>
/// The frame around the parts of a log block or of a run's chunk: 4 bytes that tell the kind and version, the body's length and the
/// number of parts (32 bits each, little endian), the body, CRC-32C of everything before it (32 bits, little endian).
/// </summary>
internal static class Envelope
{
    public const int HeaderLength = 12;
    public const int TrailerLength = 4;

    /// <summary>A commit's block; each part begins with its run's id.</summary>
    public static ReadOnlySpan<byte> Block => "OJB\x01"u8;

    /// <summary>A run's chunk; the parts are consecutive.</summary>
    public static ReadOnlySpan<byte> Chunk => "OJC\x01"u8;

    /// <summary>Writes header and trailer around a body that lies at <see cref="HeaderLength"/>.</summary>
    public static void Close(Span<byte> frame, ReadOnlySpan<byte> kind, int parts)
    {
        kind.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderLength - TrailerLength);
        BinaryPrimitives.WriteInt32LittleEndian(frame[8..], parts);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[^TrailerLength..], Checksum(frame[..^TrailerLength]));
    }

    /// <summary>Whether the frame is whole and of a kind; where not, <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> kind, out int parts, out string? fault)
    {
        parts = 0;
        if (frame.Length < HeaderLength + TrailerLength)
        {
            fault = $"it has only {frame.Length} bytes";
            return false;
        }

        if (!frame[..4].SequenceEqual(kind))
        {
            fault = $"it begins with {Convert.ToHexString(frame[..4])} instead of {Convert.ToHexString(kind)}";
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(frame[4..]);
        if (length != frame.Length - HeaderLength - TrailerLength)
        {
            fault = $"its body should have {length} bytes and has {frame.Length - HeaderLength - TrailerLength}";
            return false;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[^TrailerLength..]) != Checksum(frame[..^TrailerLength]))
        {
            fault = "its checksum is wrong";
            return false;
        }

        parts = BinaryPrimitives.ReadInt32LittleEndian(frame[8..]);
        fault = null;
        return true;
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var b in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
