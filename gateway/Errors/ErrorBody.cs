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

        if (root.ValueKind != JsonValueKind.Object)
        {
            return new(NonEmpty(root), null, null);
        }

        var error = root.Member("error"u8);
        error = error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? root.Member("response"u8).Member("error"u8) : error;
        var first = First(root.Member("errors"u8));
        var gateway = root.Member("success"u8).ValueKind == JsonValueKind.False ? First(error) : default;
        var message = NonEmpty(first.Member("message"u8))
            ?? NonEmpty(gateway.Member("message"u8))
            ?? NonEmpty(error.Member("message"u8))
            ?? NonEmpty(error)
            ?? NonEmpty(root.Member("message"u8));
        var code = CodeOf(first) ?? CodeOf(gateway) ?? CodeOf(error) ?? CodeOf(root);
        return new(message, code, NonEmpty(error.Member("type"u8)) ?? NonEmpty(first.Member("type"u8)));
    }

    private static JsonElement First(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : default;

    private static string? NonEmpty(JsonElement value) => value.Text() is { Length: > 0 } text ? text : null;

    private static string? CodeOf(JsonElement parent)
    {
        var code = parent.Member("code"u8);
        return code.ValueKind == JsonValueKind.Number ? code.GetRawText() : NonEmpty(code);
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
