using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Api.Submit;

/// <summary>Tells which of its two answers a submission is to have.</summary>
internal static class EventStreamAccept
{
    public const string ContentType = "text/event-stream";

    /// <summary>Whether the caller names the event stream and likes it at least as much as JSON; the first named wins a tie.</summary>
    public static bool IsPreferred(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var (stream, json) = (0.0, 0.0);
        var streamFirst = false;
        foreach (var type in accepted)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            {
                stream = Math.Max(stream, quality);
                streamFirst |= json == 0;
            }
            else if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
        }

        return stream > json || (stream > 0 && stream == json && streamFirst);
    }
}
