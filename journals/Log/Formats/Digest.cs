using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Journals.Formats;

/// <summary>
/// What rows are found by, in place of the callers' own texts: of a fixed size, so that no text is too long for an index, and bytes, so that
/// none has a character that the database does not take. Either would fail the commit of all runs that share the block.
/// </summary>
internal static class Digest
{
    /// <summary>Bytes of what only finds a row, which is then looked at.</summary>
    public const int Length = 16;

    public static byte[] Of(string text) => Hash(text)[..Length];

    /// <summary>An idempotency key within its tenant. Whole: nothing is looked at after it.</summary>
    public static byte[] OfKey(string tenant, string key) => Hash(tenant, key);

    public static byte[] OfPair(string tenant, string key, string value) => Hash(tenant, key, value)[..Length];

    /// <summary>The digests of a run's metadata, one behind the other, in their own order.</summary>
    public static byte[] OfPairs(string tenant, IReadOnlyDictionary<string, string> metadata) =>
        [.. metadata.Select(pair => OfPair(tenant, pair.Key, pair.Value)).OrderBy(Convert.ToHexString, StringComparer.Ordinal).SelectMany(digest => digest)];

    /// <summary>Each text with its length before it, so that no two lists of texts are the same bytes.</summary>
    private static byte[] Hash(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
