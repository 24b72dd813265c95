using System.Buffers;
using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>Writes the fields of a small record one after the other.</summary>
internal sealed class FieldWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void WriteByte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void WriteRun(RunId run)
    {
        run.WriteBytes(_bytes.GetSpan(RunId.ByteLength));
        _bytes.Advance(RunId.ByteLength);
    }

    /// <summary>Zigzag, so that a negative number is as short as a positive one.</summary>
    public void WriteNumber(long value) => _bytes.Advance(Varint.Write(_bytes.GetSpan(Varint.MaxLength), Varint.ZigZag(value)));

    public void WriteText(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteNumber(length);
        _bytes.Advance(Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length + 1)));
    }

    /// <summary>A number with its length before it, for who does not know what it is.</summary>
    public void WriteSized(long value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxLength];
        WriteBytes(bytes[..Varint.Write(bytes, Varint.ZigZag(value))]);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteNumber(value.Length);
        _bytes.Write(value);
    }

    public void WriteOptionalNumber(long? value)
    {
        WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is { } number)
        {
            WriteNumber(number);
        }
    }

    public void WriteOptionalText(string? value)
    {
        WriteByte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
        {
            WriteText(value);
        }
    }
}
