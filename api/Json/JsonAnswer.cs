using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Api.Json;

/// <summary>Writes JSON answers: whole before the first byte goes out, so that a failure to write one can still be told.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    public static async Task WriteJsonAsync<T>(
        this HttpContext context, T value, Action<Utf8JsonWriter, T> write, string contentType = ContentType)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, RunJson.WriterOptions))
        {
            write(json, value);
        }

        await context.WriteBodyAsync(buffer.WrittenMemory, contentType);
    }

    public static async Task WriteBodyAsync(this HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;

        // Answers are the caller's data: no cache keeps them, no browser takes them for something else.
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
