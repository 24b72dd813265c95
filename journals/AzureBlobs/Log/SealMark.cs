namespace Orchestrator.Journals.AzureBlobs.Log;

/// <summary>
/// What seals a segment: bytes that are appended wherever it ends. Its writer appends at the position that it knows, which is not the end any
/// more.
/// </summary>
internal static class SealMark
{
    public static ReadOnlySpan<byte> Bytes => "OJS\x01sealed......"u8;

    public static bool IsAt(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Bytes);

    public static int IndexIn(ReadOnlySpan<byte> bytes) => bytes.IndexOf(Bytes);
}
