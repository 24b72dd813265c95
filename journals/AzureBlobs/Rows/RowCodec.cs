using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Rows;

/// <summary>
/// A row as bytes: version (1 byte, 1), owner, epoch, released (1 byte), the writers to fence with their number before them, the idempotency
/// key if there is one, and the summary, each as <see cref="FieldWriter"/> has it.
/// </summary>
internal static class RowCodec
{
    private const byte Version = 1;

    public static byte[] Encode(RunRow row)
    {
        var writer = new FieldWriter();
        writer.WriteByte(Version);
        writer.WriteBytes(row.Owner.ToBytes());
        writer.WriteNumber(row.Epoch);
        writer.WriteByte(row.Released ? (byte)1 : (byte)0);
        writer.WriteNumber(row.Fence.Count);
        foreach (var fenced in row.Fence)
        {
            writer.WriteBytes(fenced.ToBytes());
        }

        writer.WriteOptionalText(row.Key);
        writer.WriteBytes(SummaryCodec.Encode(row.Summary));
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no row, or one of a newer version.</exception>
    public static RunRow Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"A run's row has version {version}; this program reads {Version}: use the newer program.");
        }

        var owner = WriterId.FromBytes(reader.ReadBytes());
        var epoch = reader.ReadNumber();
        var released = reader.ReadByte() != 0;
        var fence = new WriterId[reader.ReadNumber()];
        for (var i = 0; i < fence.Length; i++)
        {
            fence[i] = WriterId.FromBytes(reader.ReadBytes());
        }

        var key = reader.ReadOptionalText();
        return new RunRow
        {
            Summary = SummaryCodec.Decode(reader.ReadBytes()), Owner = owner, Epoch = epoch, Released = released, Fence = fence, Key = key,
        };
    }
}
