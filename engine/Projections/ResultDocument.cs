using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Projections;

/// <summary>
/// A result as the caller gets it. The same task comes as bytes from one model and as base64 in JSON from another: <c>{image}</c>,
/// <c>{audio}</c>, and OpenAI's <c>{data: [{b64_json}]}</c>. All are the image or the sound itself here. Any other result is as it came.
/// </summary>
internal static class ResultDocument
{
    public static AnswerDocument Of(AttemptResult result) =>
        (result.IsJson ? TryReadMedia(result.Body) : null)
        ?? new AnswerDocument(IsUntold(result) ? MediaTypes.Of(result.Body.Span) ?? result.ContentType : result.ContentType, result.Body);

    private static bool IsUntold(AttemptResult result) => result.ContentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    private static AnswerDocument? TryReadMedia(ReadOnlyMemory<byte> body)
    {
        try
        {
            return TryRead(body.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Too deep, or half a surrogate pair in a name.
            return null;
        }
    }

    private static AnswerDocument? TryRead(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMedia = json.ValueTextEquals("image"u8) || json.ValueTextEquals("audio"u8);
            var isList = json.ValueTextEquals("data"u8);
            json.Read();
            if (isMedia && json.TokenType == JsonTokenType.String)
            {
                return Decode(json);
            }

            if (isList && json.TokenType == JsonTokenType.StartArray)
            {
                return FirstOf(ref json);
            }

            json.Skip();
        }

        return null;
    }

    /// <summary>A single one; several are shown as they came.</summary>
    private static AnswerDocument? FirstOf(ref Utf8JsonReader json)
    {
        AnswerDocument? found = null;
        for (var count = 0; json.Read() && json.TokenType == JsonTokenType.StartObject; count++)
        {
            if (count > 0)
            {
                return null;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isMedia = json.ValueTextEquals("b64_json"u8);
                json.Read();
                found = isMedia && json.TokenType == JsonTokenType.String ? Decode(json) : found;
                json.Skip();
            }
        }

        return found;
    }

    /// <summary>Null where it is no base64, or nothing that is known.</summary>
    private static AnswerDocument? Decode(in Utf8JsonReader json)
    {
        var text = new byte[json.ValueSpan.Length];
        var length = json.CopyString(text);
        ReadOnlySpan<byte> base64 = text.AsSpan(0, length);
        base64 = base64[(DataUrlPrefix(base64))..];
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Base64.DecodeFromUtf8(base64, bytes, out _, out var written) == OperationStatus.Done
            && MediaTypes.Of(bytes.AsSpan(0, Math.Min(written, MediaTypes.Enough))) is { } type
                ? new AnswerDocument(type, bytes.AsMemory(0, written))
                : null;
    }

    /// <summary>The length of <c>data:image/png;base64,</c> and the like.</summary>
    private static int DataUrlPrefix(ReadOnlySpan<byte> text) =>
        text.StartsWith("data:"u8) && text.IndexOf("base64,"u8) is >= 0 and var at ? at + "base64,"u8.Length : 0;
}
