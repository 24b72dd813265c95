using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Api.Auth;

/// <summary>What is kept of a key: its SHA-256.</summary>
internal sealed class KeyHash
{
    public const int ByteLength = SHA256.HashSizeInBytes;
    private const string Prefix = "sha256:";
    private readonly byte[] _hash;

    private KeyHash(byte[] hash) => _hash = hash;

    public ReadOnlySpan<byte> Bytes => _hash;

    public static KeyHash Of(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public static KeyHash FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <param name="text"><c>sha256:</c> and 64 hexadecimal digits.</param>
    /// <returns>Null: it is none.</returns>
    public static KeyHash? TryParse(string text) =>
        text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && text.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0
            ? new KeyHash(Convert.FromHexString(text.AsSpan(Prefix.Length)))
            : null;

    /// <summary>Takes the same time wherever they differ.</summary>
    public bool Matches(KeyHash other) => CryptographicOperations.FixedTimeEquals(_hash, other._hash);
}
