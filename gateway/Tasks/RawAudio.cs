using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// Audio as Deepgram's models on Workers AI take it, <c>{audio: {body, contentType}, …}</c> with the body in base64. The binding takes it in
/// its inputs; over REST it is the request's body, and the other inputs are its query.
/// </summary>
/// <param name="ContentType">Of the bytes.</param>
/// <param name="Bytes">The audio itself.</param>
/// <param name="Query">The other inputs, escaped, from the question mark on; empty where there are none.</param>
internal sealed record RawAudio(string ContentType, ReadOnlyMemory<byte> Bytes, string Query)
{
    /// <summary>Whether the inputs are of this kind at all.</summary>
    /// <param name="model">Parsed.</param>
    /// <param name="inputs">A JSON object in UTF-8, or what should be one.</param>
    public static bool IsIn(ModelSlug model, ReadOnlyMemory<byte> inputs)
    {
        if (!model.IsWorkersAi || !model.Model.Contains("deepgram/", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(inputs);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("audio"u8, out var audio)
                && audio.ValueKind == JsonValueKind.Object
                && audio.TryGetProperty("body"u8, out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> inputs, out RawAudio? raw)
    {
        raw = null;
        using var document = JsonDocument.Parse(inputs);
        var audio = document.RootElement.GetProperty("audio"u8);
        var body = audio.GetProperty("body"u8);
        if (body.ValueKind != JsonValueKind.String || !body.TryGetBytesFromBase64(out var bytes))
        {
            return "audio.body is the audio in base64.";
        }

        if (!audio.TryGetProperty("contentType"u8, out var type)
            || type.ValueKind != JsonValueKind.String
            || !MediaTypeHeaderValue.TryParse(type.GetString(), out _))
        {
            return "audio.contentType says what audio.body is, for example audio/mpeg.";
        }

        var query = new StringBuilder();
        foreach (var input in document.RootElement.EnumerateObject())
        {
            if (input.NameEquals("audio"u8) || input.NameEquals("stream"u8) || input.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (input.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return $"Beside raw audio inputs go into the URL: {input.Name} is a text, a number, true or false.";
            }

            query.Append(CultureInfo.InvariantCulture, $"{(query.Length == 0 ? '?' : '&')}{Uri.EscapeDataString(input.Name)}={Uri.EscapeDataString(Text(input.Value))}");
        }

        raw = new RawAudio(type.GetString()!, bytes, query.ToString());
        return null;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
