using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The answer of the bridge's <c>GET …/url</c>: <c>{"url": "…"}</c>, a JSON string, or the text alone.</summary>
internal static class UrlBody
{
    public static UrlReply Read(ReadOnlyMemory<byte> body)
    {
        var url = ReadText(body);
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"
            ? new UrlReply { Url = url }
            : new UrlReply
            {
                Error = new GatewayError { Code = ErrorCodes.GatewayError, Message = "The bridge's answer is not a URL." },
            };
    }

    private static string? ReadText(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.Text() ?? root.Member("url"u8).Text();
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body.Span).Trim();
        }
    }
}
