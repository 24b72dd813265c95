using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The body of the bridge's <c>POST /run</c>: what the binding's <c>run(model, inputs, options)</c> takes.</summary>
internal static class RunBody
{
    public static HttpContent Create(ModelSlug model, IReadOnlyList<ReadOnlyMemory<byte>> inputs, RunRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model"u8, model.ToString());
        json.WritePropertyName("inputs"u8);
        json.Flush();
        var inputsAt = buffer.WrittenCount;

        // A placeholder keeps the writer's commas right; the real inputs take its place between the two halves.
        json.WriteNullValue();
        json.Flush();
        var optionsAt = buffer.WrittenCount;
        WriteOptions(json, request);
        json.WriteEndObject();
        json.Flush();
        return new PartsContent([buffer.WrittenMemory[..inputsAt], .. inputs, buffer.WrittenMemory[optionsAt..]]);
    }

    private static void WriteOptions(Utf8JsonWriter json, RunRequest request)
    {
        json.WriteStartObject("options"u8);
        json.WriteStartObject("gateway"u8);
        WriteGateway(json, request.Gateway);
        json.WriteEndObject();
        json.WriteStartObject("extraHeaders"u8);
        foreach (var (name, value) in request.ExtraHeaders)
        {
            json.WriteString(name, value);
        }

        foreach (var header in OptionHeaders.OutsideTheBinding(request.Gateway, request.SessionAffinity))
        {
            if (!request.ExtraHeaders.Keys.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            {
                json.WriteString(header.Name, header.Value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGateway(Utf8JsonWriter json, GatewayOptions options)
    {
        json.WriteString("id"u8, options.Id);
        Write(json, "skipCache", options.SkipCache);
        Write(json, "cacheTtl", options.CacheTtl);
        Write(json, "cacheKey", options.CacheKey);
        Write(json, "collectLog", options.CollectLog);
        Metadata(json, options.Metadata);
        Write(json, "eventId", options.EventId);
        Write(json, "requestTimeoutMs", options.RequestTimeoutMs);
        if (options.Retries is { } retries)
        {
            json.WriteStartObject("retries"u8);
            Write(json, "maxAttempts", retries.MaxAttempts);
            Write(json, "retryDelayMs", retries.RetryDelayMs);
            Write(json, "backoff", OptionHeaders.Text(retries.Backoff));
            json.WriteEndObject();
        }
    }

    internal static void Metadata(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonElement>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject("metadata"u8);
        foreach (var (name, value) in metadata)
        {
            // As it is written: exact numbers, and half a surrogate pair is no reason to fail.
            json.WritePropertyName(name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
