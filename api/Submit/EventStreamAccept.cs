using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Orchestrator.Api.Json;

namespace Orchestrator.Api.Submit;

/// <summary>Tells which of its two answers a submission is to have.</summary>
internal static class EventStreamAccept
{
    public const string ContentType = "text/event-stream";

    /// <summary>
    /// Whether the caller names the event stream and likes it at least as much as JSON, of which the most specific range counts that has
    /// it (RFC 9110 §12.5.1). The first named wins a tie, and a name wins against a range.
    /// </summary>
    public static bool IsPreferred(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var stream = 0.0;
        double? json = null, application = null, any = null;
        var streamFirst = false;
        foreach (var type in accepted)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            {
                stream = Math.Max(stream, quality);
                streamFirst |= json is null;
            }
            else if (type.MediaType.Equals(JsonAnswer.ContentType, StringComparison.OrdinalIgnoreCase))
            {
                json = Higher(json, quality);
            }
            else if (type.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
            {
                application = Higher(application, quality);
            }
            else if (type.MediaType.Equals("*/*", StringComparison.Ordinal))
            {
                any = Higher(any, quality);
            }
        }

        var other = json ?? application ?? any ?? 0;
        return stream > other || (stream > 0 && stream == other && streamFirst);
    }

    private static double Higher(double? quality, double other) => Math.Max(quality ?? 0, other);
}
