using System.Buffers.Binary;
using System.Buffers.Text;

namespace Orchestrator.Engine.Changes;

/// <summary>A place in the changes of a host's runs.</summary>
/// <param name="Log">Which host's, since which of its starts: numbers of another log say nothing here.</param>
/// <param name="Number">Of the last change before the place.</param>
public readonly record struct FeedPosition(long Log, long Number)
{
    private const int ByteLength = 2 * sizeof(long);

    /// <summary>Opaque to clients: base64url.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Log);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], Number);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string? text, out FeedPosition position)
    {
        position = default;

        // Its exact length: padding and spaces, too, would be valid, or valid until they are decoded.
        if (text?.Length != Base64Url.GetEncodedLength(ByteLength) || !Base64Url.IsValid(text, out var length) || length != ByteLength)
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        position = new FeedPosition(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(long))));
        return true;
    }
}
