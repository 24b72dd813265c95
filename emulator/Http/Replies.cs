using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator.Http;

/// <summary>Answers that are not streams.</summary>
internal static class Replies
{
    public static async Task FailAsync(HttpContext context, GatewayFailure failure)
    {
        context.Response.StatusCode = failure.Status;
        if (failure.RetryAfter is int seconds)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await JsonAsync(context, Encoding.UTF8.GetBytes(failure.Body));
    }

    public static Task JsonAsync(HttpContext context, ReadOnlyMemory<byte> json) => BytesAsync(context, "application/json", json);

    public static async Task BytesAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        JsonAsync(context, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
