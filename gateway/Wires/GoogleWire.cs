using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// Google's <c>GenerateContentResponse</c>, as a chunk and as a document. It has no end marker: its last chunk has a finish reason. Source:
/// the public reference of the Gemini API.
/// </summary>
internal static class GoogleWire
{
    /// <returns>Whether the JSON tells of an error.</returns>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool Read(ReadOnlySpan<byte> data, ChunkReading into, bool isDocument)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        var failed = isDocument && data.TrimStart(" \t\r\n"u8).StartsWith("["u8)
            ? ReadChunks(ref json, into)
            : ReadRoot(ref json, into);
        json.ReadEnd();
        return failed;
    }

    private static bool ReadRoot(ref Utf8JsonReader json, ChunkReading into)
    {
        json.ReadRoot();
        return ReadChunk(ref json, into);
    }

    /// <summary>A stream that was not asked for as events is an array of its chunks.</summary>
    private static bool ReadChunks(ref Utf8JsonReader json, ChunkReading into)
    {
        json.Read();
        json.ReadRoot();
        var failed = ReadChunk(ref json, into);
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            failed |= ReadChunk(ref json, into);
        }

        return json.TokenType == JsonTokenType.EndArray ? failed : throw new JsonException("A chunk is not an object.");
    }

    private static bool ReadChunk(ref Utf8JsonReader json, ChunkReading into)
    {
        var failed = false;
        while (json.NextProperty())
        {
            if (json.Is("candidates"u8))
            {
                ReadCandidates(ref json, into);
            }
            else if (json.Is("usageMetadata"u8))
            {
                ReadUsage(ref json, into);
            }
            else if (json.Is("modelVersion"u8))
            {
                if (json.ReadString())
                {
                    into.SetModel(json.ValueSpan);
                }
            }
            else if (json.Is("promptFeedback"u8))
            {
                ReadFeedback(ref json, into);
            }
            else if (json.Is("error"u8))
            {
                failed |= json.ReadSaysAnything();
            }
            else
            {
                json.Skip();
            }
        }

        return failed;
    }

    private static void ReadCandidates(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterArray())
        {
            return;
        }

        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadCandidate(ref json, into, position);
            }
            else
            {
                json.Skip();
            }
        }
    }

    /// <summary>Only the first of several alternatives is read.</summary>
    private static void ReadCandidate(ref Utf8JsonReader json, ChunkReading into, long position)
    {
        var before = into.Mark();
        while (json.NextProperty())
        {
            if (json.Is("content"u8))
            {
                ReadContent(ref json, into);
            }
            else if (json.Is("finishReason"u8))
            {
                into.FinishReason = json.ReadString() ? Finish(ref json) : into.FinishReason;
            }
            else if (json.Is("index"u8))
            {
                position = json.ReadCount() ?? position;
            }
            else
            {
                json.Skip();
            }
        }

        if (position != 0)
        {
            into.TakeBack(before);
        }
    }

    private static void ReadContent(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.Is("parts"u8))
            {
                GooglePart.ReadAll(ref json, into);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static string Finish(ref Utf8JsonReader value)
    {
        if (value.Is("STOP"u8))
        {
            return FinishReasons.Stop;
        }

        if (value.Is("MAX_TOKENS"u8))
        {
            return FinishReasons.Length;
        }

        return value.Is("SAFETY"u8) || value.Is("RECITATION"u8) || value.Is("BLOCKLIST"u8) || value.Is("PROHIBITED_CONTENT"u8)
            || value.Is("SPII"u8) || value.Is("IMAGE_SAFETY"u8)
            ? FinishReasons.ContentFilter
            : FinishReasons.Other;
    }

    /// <summary>A prompt that is blocked gets no candidate: there is no answer, and asking again changes nothing.</summary>
    private static void ReadFeedback(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        while (json.NextProperty())
        {
            if (json.Is("blockReason"u8))
            {
                into.Error ??= json.ReadString() ? Blocked(JsonText.Unescape(json.ValueSpan)) : null;
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static GatewayError Blocked(string reason) => new()
    {
        Code = ErrorCodes.BadRequest,
        Message = $"The provider blocked the prompt: {reason}.",
        Status = 400,
        UpstreamCode = reason,
    };

    private static void ReadUsage(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        long? answer = null;
        long? thoughts = null;
        var usage = into.Usage;
        while (json.NextProperty())
        {
            if (json.Is("promptTokenCount"u8))
            {
                usage = usage with { Input = json.ReadCount() };
            }
            else if (json.Is("candidatesTokenCount"u8))
            {
                answer = json.ReadCount();
            }
            else if (json.Is("thoughtsTokenCount"u8))
            {
                thoughts = json.ReadCount();
            }
            else if (json.Is("cachedContentTokenCount"u8))
            {
                usage = usage with { CacheRead = json.ReadCount() };
            }
            else if (json.Is("totalTokenCount"u8))
            {
                usage = usage with { Total = json.ReadCount() };
            }
            else
            {
                json.Skip();
            }
        }

        into.Usage = usage with { Output = answer is null && thoughts is null ? usage.Output : (answer ?? 0) + (thoughts ?? 0) };
    }
}
