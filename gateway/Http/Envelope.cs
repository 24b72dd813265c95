using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>Cloudflare's envelope around JSON: <c>{result, success, errors, messages}</c>.</summary>
internal static class Envelope
{
    /// <summary>
    /// The result, the bytes of it; the body itself where it is not in an envelope; or the error that an envelope tells although the
    /// status was a success.
    /// </summary>
    public static (ReadOnlyMemory<byte> Body, GatewayError? Error) Unwrap(ReadOnlyMemory<byte> body, SecretScrubber scrubber)
    {
        try
        {
            return Read(body, scrubber);
        }
        catch (JsonException)
        {
            // No JSON, no envelope: an image, a sound.
            return (body, null);
        }
    }

    private static (ReadOnlyMemory<byte> Body, GatewayError? Error) Read(ReadOnlyMemory<byte> body, SecretScrubber scrubber)
    {
        var json = new Utf8JsonReader(body.Span, JsonValues.Options);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return (body, null);
        }

        bool? success = null;
        var errors = false;
        (int Start, int End)? result = null;
        while (json.NextProperty())
        {
            if (json.Is("success"u8))
            {
                json.Read();
                success = json.TokenType switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };
                json.Skip();
            }
            else if (json.Is("result"u8))
            {
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                result = (start, (int)json.BytesConsumed);
            }
            else
            {
                errors |= json.Is("errors"u8) || json.Is("error"u8);
                json.Skip();
            }
        }

        json.ReadEnd();
        return (success, errors, result) switch
        {
            (false, true, _) => (default, ErrorClassifier.FromAnswer(ErrorBody.Parse(body, scrubber))),
            (true, _, { } found) => (body[found.Start..found.End], null),
            _ => (body, null),
        };
    }
}
