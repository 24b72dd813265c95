using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Engine.Upstream;

/// <summary>The extra headers of a run as they are kept: one sealed JSON object.</summary>
public static partial class SealedHeaders
{
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Seal(ISecretSeal seal, IReadOnlyDictionary<string, string> headers)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return headers.Count == 0
            ? default
            : seal.Seal(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(headers, StringComparer.Ordinal), HeaderJson.Default.DictionaryStringString));
    }

    public static IReadOnlyDictionary<string, string> Open(ISecretSeal seal, ReadOnlyMemory<byte> sealedHeaders)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return sealedHeaders.IsEmpty
            ? None
            : JsonSerializer.Deserialize(seal.Open(sealedHeaders.Span), HeaderJson.Default.DictionaryStringString) ?? None;
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class HeaderJson : JsonSerializerContext;
}
