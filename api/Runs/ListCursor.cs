using System.Buffers.Text;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>The place between two pages of the list: the last run of the first one, in a form that nobody takes for an id.</summary>
internal static class ListCursor
{
    public static string Of(RunId last) => Base64Url.EncodeToString(last.ToBytes());

    public static bool TryParse(string text, out RunId last)
    {
        Span<byte> bytes = stackalloc byte[RunId.ByteLength];

        // Its exact length: padding and spaces, too, would be valid, or valid until they are decoded.
        if (text.Length == Base64Url.GetEncodedLength(RunId.ByteLength) && Base64Url.IsValid(text, out var length) && length == RunId.ByteLength
            && Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            last = RunId.FromBytes(bytes);
            return true;
        }

        last = default;
        return false;
    }
}
