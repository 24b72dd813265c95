using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The body of a universal request: <c>[{provider, endpoint, headers, query}, …]</c>.</summary>
internal static class UniversalBody
{
    /// <param name="request">What to send.</param>
    /// <param name="headersInEntries">Whether the headers for all entries go into each, where no request carries them.</param>
    public static HttpContent Create(PreparedUniversal request, bool headersInEntries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        var cuts = new List<(int Before, int After, IReadOnlyList<ReadOnlyMemory<byte>> Query)>();
        json.WriteStartArray();
        foreach (var entry in request.Entries)
        {
            json.WriteStartObject();
            json.WriteString("provider"u8, entry.Provider);
            json.WriteString("endpoint"u8, entry.Endpoint);
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in headersInEntries ? request.HeadersOf(entry) : entry.Headers)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WritePropertyName("query"u8);
            json.Flush();
            var before = buffer.WrittenCount;

            // A placeholder, as in RunBody: the parts take its place.
            json.WriteNullValue();
            json.Flush();
            cuts.Add((before, buffer.WrittenCount, entry.Query));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return new PartsContent(Parts(buffer.WrittenMemory, cuts));
    }

    private static List<ReadOnlyMemory<byte>> Parts(
        ReadOnlyMemory<byte> frame, List<(int Before, int After, IReadOnlyList<ReadOnlyMemory<byte>> Query)> cuts)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var taken = 0;
        foreach (var (before, after, query) in cuts)
        {
            parts.Add(frame[taken..before]);
            parts.AddRange(query);
            taken = after;
        }

        parts.Add(frame[taken..]);
        return parts;
    }
}
