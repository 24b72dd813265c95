using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Emulator.Prose;

/// <summary>
/// An image among the parts of a message: <c>image_url</c> of OpenAI's chat, <c>input_image</c> of its responses, Anthropic's <c>image</c>.
/// The same image is the same to the model, however it was written.
/// </summary>
internal static class Picture
{
    /// <summary>What one costs, whatever its size.</summary>
    public const int Tokens = 85;

    public static bool Is(JsonElement part) => Member(part, "type") is { ValueKind: JsonValueKind.String } type
        && (type.ValueEquals("image_url") || type.ValueEquals("input_image") || type.ValueEquals("image"));

    /// <summary>What stands for it in the conversation's text; null where it is none that a model could look at.</summary>
    public static string? NameOf(JsonElement part)
    {
        var source = Member(part, "source");
        if (source.ValueKind == JsonValueKind.Object)
        {
            return Text(Member(source, "data")) is { } data ? OfBase64(data) : OfUrl(Text(Member(source, "url")));
        }

        var url = Member(part, "image_url");
        return OfUrl(Text(url.ValueKind == JsonValueKind.Object ? Member(url, "url") : url));
    }

    private static string? OfUrl(string? url)
    {
        const string Mark = ";base64,";
        if (url?.StartsWith("data:image/", StringComparison.Ordinal) == true)
        {
            var at = url.IndexOf(Mark, StringComparison.Ordinal);
            return at < 0 ? null : OfBase64(url[(at + Mark.Length)..]);
        }

        return url?.StartsWith("https://", StringComparison.Ordinal) == true ? Name(Encoding.UTF8.GetBytes(url)) : null;
    }

    private static string? OfBase64(string data)
    {
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length) && length > 0 ? Name(bytes.AsSpan(0, length)) : null;
    }

    private static string Name(ReadOnlySpan<byte> bytes) => $"[image {Mix.Of(bytes).ToString("x16", CultureInfo.InvariantCulture)}]";

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
}
