using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Engine.Webhooks;

/// <summary>Signs as Standard Webhooks 1.0.0 does with a shared secret: <c>v1,</c> and the HMAC-SHA256 of id, timestamp and body.</summary>
public sealed class WebhookSigner
{
    private const string KeyPrefix = "whsec_";

    private readonly byte[] _key;

    private WebhookSigner(byte[] key) => _key = key;

    /// <param name="secret"><c>whsec_</c> and the key in base64, or any other text, whose UTF-8 bytes are the key.</param>
    /// <exception cref="FormatException">There is no key in it.</exception>
    public static WebhookSigner FromSecret(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = secret.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[KeyPrefix.Length..])
            : Encoding.UTF8.GetBytes(secret);
        return key.Length > 0 ? new WebhookSigner(key) : throw new FormatException("The secret is empty.");
    }

    /// <param name="timestamp">Unix seconds.</param>
    /// <returns>The value of the header <c>webhook-signature</c>.</returns>
    public string Sign(string messageId, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{messageId}.{timestamp}.")));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }
}
