using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>Reads what <see cref="FieldWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The bytes end too early.</exception>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    public byte ReadByte() => Take(1)[0];

    public RunId ReadRun() => RunId.FromBytes(Take(RunId.ByteLength));

    public long ReadNumber() => Varint.UnZigZag(Varint.Read(_bytes, ref _position));

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public ReadOnlySpan<byte> ReadBytes() => Take(checked((int)ReadNumber()));

    /// <summary>As text, to the end.</summary>
    public string ReadRest() => Encoding.UTF8.GetString(Take(_bytes.Length - _position));

    public long? ReadOptionalNumber() => ReadByte() == 0 ? null : ReadNumber();

    public string? ReadOptionalText() => ReadByte() == 0 ? null : ReadText();

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)(_bytes.Length - _position))
        {
            throw new InvalidDataException("A record is cut short.");
        }

        var taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }
}
