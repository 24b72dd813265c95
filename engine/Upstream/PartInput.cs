using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Engine.Upstream;

/// <summary>The input of one of several results: the same, but for a <c>seed</c>, with which all of them would be one and the same.</summary>
internal static class PartInput
{
    /// <param name="input">A UTF-8 JSON object.</param>
    /// <param name="part">From 0.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> input, int part)
    {
        using var document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 512 });
        if (part == 0 || document.RootElement.ValueKind != JsonValueKind.Object || SeedOf(document.RootElement) is not { } seed)
        {
            return input;
        }

        var output = new ArrayBufferWriter<byte>(input.Length + 16);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = 512 }))
        {
            json.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals("seed"u8))
                {
                    json.WriteNumber("seed"u8, unchecked(seed + part));
                }
                else
                {
                    property.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static long? SeedOf(JsonElement input) =>
        input.TryGetProperty("seed"u8, out var seed) && seed.ValueKind == JsonValueKind.Number && seed.TryGetInt64(out var number) ? number : null;
}
