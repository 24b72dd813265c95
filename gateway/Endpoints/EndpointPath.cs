using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>The part of a URL that names what of a provider is asked for.</summary>
internal static class EndpointPath
{
    public const string ChatCompletions = "v1/chat/completions";
    public const string Responses = "v1/responses";
    public const string Messages = "v1/messages";
    public const string Embeddings = "v1/embeddings";

    private const int MaxChars = 2_048;

    // RFC 3986: what a path and a query are made of, the hash and the space left out.
    private static readonly SearchValues<char> Chars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%");

    /// <summary>Whether it is one of those that the REST API has under the same name.</summary>
    public static bool IsCommon(string endpoint) => endpoint is ChatCompletions or Responses or Messages or Embeddings;

    public static string? Problem(string endpoint)
    {
        return endpoint.Length is 0 or > MaxChars || endpoint[0] == '/' || endpoint.AsSpan().ContainsAnyExcept(Chars) || Climbs(endpoint)
            ? "Give the provider's path as it follows its base URL, escaped and without a slash before it, e.g. v1/chat/completions."
            : null;
    }

    /// <summary>Whether it has segments that a URL resolves, escaped or not: it would leave the provider's part of the gateway.</summary>
    public static bool Climbs(string endpoint) =>
        Uri.UnescapeDataString(endpoint.Split('?', 2)[0]).Split('/', '\\').Any(segment => segment is "." or "..");

    /// <summary>Whether it is one segment, such as a provider's name.</summary>
    public static bool IsName(string provider) => Problem(provider) is null && provider.AsSpan().IndexOfAny('/', '?') < 0;

    /// <summary>What answers there; null where the provider decides.</summary>
    public static WireFormat? WireOf(string endpoint) => endpoint.Split('?', 2)[0] switch
    {
        var path when path.EndsWith("chat/completions", StringComparison.Ordinal) => WireFormat.OpenAi,
        var path when path.EndsWith(Messages, StringComparison.Ordinal) => WireFormat.Anthropic,
        var path when path.EndsWith("embeddings", StringComparison.Ordinal) => WireFormat.OpenAi,
        var path when path.EndsWith("responses", StringComparison.Ordinal) => WireFormat.OpenAiResponses,
        _ => null,
    };
}
