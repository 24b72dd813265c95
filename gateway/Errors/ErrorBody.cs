using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>What an error's body says, in whichever of the known shapes it came.</summary>
internal sealed record ErrorBody(string? Message, string? Code, string? Type)
{
    private const int MaxMessageChars = 2_000;
    private const int MaxTextChars = 500;
    private const int MaxCodeChars = 100;

    /// <summary>Never throws: what is not JSON is text. Secrets go before anything is cut, so that no half of one stays.</summary>
    public static ErrorBody Parse(ReadOnlyMemory<byte> body, SecretScrubber scrubber)
    {
        var found = ParseJson(body);
        var message = found.Message is { } told
            ? Cut(scrubber.Scrub(told), MaxMessageChars)
            : Cut(scrubber.Scrub(Encoding.UTF8.GetString(body.Span).Trim()), MaxTextChars);
        var code = found.Code ?? WorkersAiCodes.FindInText(message);
        return new(
            message.Length == 0 ? null : message,
            code is null ? null : Cut(scrubber.Scrub(code), MaxCodeChars),
            found.Type);
    }

    private static ErrorBody ParseJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return FromRoot(document.RootElement);
        }
        catch (JsonException)
        {
            return new(null, null, null);
        }
    }

    private static ErrorBody FromRoot(JsonElement root)
    {
        // Google answers a failed streaming call with an array around the usual object.
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
        {
            root = root[0];
        }

        if (root.ValueKind == JsonValueKind.String)
        {
            return new(Text(root), null, null);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new(null, null, null);
        }

        var error = root.TryGetProperty("error", out var found) ? found : default;
        var refused = root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;
        var first = First(root, "errors");
        var gateway = refused ? First(root, "error") : default;
        var message = Text(first, "message") ?? Text(gateway, "message") ?? Text(error, "message") ?? Text(error) ?? Text(root, "message");
        var code = CodeOf(first) ?? CodeOf(gateway) ?? CodeOf(error) ?? CodeOf(root);
        var type = Text(error, "type") ?? Text(first, "type");
        return new(message, code, type);
    }

    private static JsonElement First(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : default;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonText.Unescape(value.GetRawInner()) is { Length: > 0 } text ? text : null : null;

    private static string? CodeOf(JsonElement parent)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty("code", out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(value);
    }

    private static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
    }
}
