using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Json;

/// <summary>Reads a JSON body whole, within a bound.</summary>
internal static class RequestBody
{
    /// <returns>Either the bytes, or why there are none.</returns>
    public static async Task<(ReadOnlyMemory<byte> Bytes, Problem? Problem)> ReadAsync(HttpContext context, int maxBytes)
    {
        if (MediaTypeProblem(context.Request) is { } refused)
        {
            return (default, refused);
        }

        // The bound is kept here, and what is beyond it is left to the server to drain: it would cut the connection before the caller
        // could read the answer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (context.Request.ContentLength > maxBytes)
        {
            return (default, KnownProblems.TooLarge(maxBytes));
        }

        var reader = context.Request.BodyReader;
        var bytes = new ArrayBufferWriter<byte>((int)Math.Max(context.Request.ContentLength ?? 0, 256));
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (bytes.WrittenCount + read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (default, KnownProblems.TooLarge(maxBytes));
            }

            foreach (var part in read.Buffer)
            {
                bytes.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return (bytes.WrittenMemory, null);
            }
        }
    }

    private static Problem? MediaTypeProblem(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(JsonAnswer.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            return KnownProblems.UnsupportedMediaType("Send the body as Content-Type: application/json.");
        }

        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        {
            return KnownProblems.UnsupportedMediaType("Send the body in UTF-8: JSON knows no other encoding.");
        }

        return request.Headers.ContentEncoding.All(encoding => string.IsNullOrEmpty(encoding) || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            ? null
            : KnownProblems.UnsupportedMediaType("Send the body without Content-Encoding.");
    }
}
