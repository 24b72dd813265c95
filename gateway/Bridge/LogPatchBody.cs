using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The body of the bridge's <c>PATCH …/logs/{logId}</c>.</summary>
internal static class LogPatchBody
{
    public static HttpContent Create(LogPatch patch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (patch.Feedback is { } feedback)
        {
            json.WriteNumber("feedback"u8, feedback);
        }

        if (patch.Score is { } score)
        {
            json.WriteNumber("score"u8, score);
        }

        RunBody.Metadata(json, patch.Metadata);
        json.WriteEndObject();
        json.Flush();
        return new PartsContent([buffer.WrittenMemory]);
    }

    public static string? Problem(LogPatch patch)
    {
        if (patch.Feedback is not (null or -1 or 0 or 1))
        {
            return "feedback: Give -1, 0 or 1.";
        }

        return patch.Score is null or (>= 0 and <= LogPatch.MaxScore) ? null : "score: Give a number from 0 to 100.";
    }
}
