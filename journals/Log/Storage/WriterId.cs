namespace Orchestrator.Journals.Storage;

/// <summary>One start of one process (or silo). Fresh and random each time: nobody ever writes under the id of a writer that died.</summary>
internal readonly record struct WriterId(Guid Value)
{
    public const int ByteLength = 16;

    public static WriterId Create() => new(Guid.NewGuid());

    public static WriterId FromBytes(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    public void WriteBytes(Span<byte> destination) => Value.TryWriteBytes(destination, bigEndian: true, out _);

    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public override string ToString() => Value.ToString("N");
}
