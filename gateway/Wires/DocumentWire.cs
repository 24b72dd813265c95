using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>A result that is handed on whole. Only a failure that it tells of is read, and its usage.</summary>
internal static class DocumentWire
{
    /// <returns>Whether the JSON tells of an error.</returns>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static bool Read(ReadOnlySpan<byte> data, ChunkReading into)
    {
        var json = new Utf8JsonReader(data, JsonValues.Options);
        var failed = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            json.ReadEnd();
            return false;
        }

        while (json.NextProperty())
        {
            if (json.Is("usage"u8))
            {
                OpenAiUsage.Read(ref json, into);
            }
            else if (json.Is("error"u8) || json.Is("errors"u8))
            {
                failed |= json.ReadSaysAnything();
            }
            else
            {
                json.Skip();
            }
        }

        json.ReadEnd();
        return failed;
    }
}
