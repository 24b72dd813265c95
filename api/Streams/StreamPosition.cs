using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;

namespace Orchestrator.Api.Streams;

/// <summary>From where a caller wants to read.</summary>
internal static class StreamPosition
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary>
    /// <c>Last-Event-ID</c>, or else <c>?after=</c>: a sequence number, 0 for the start. A browser that was opened with the one sends the
    /// other beside it when it reconnects, and that is what it read last.
    /// </summary>
    public static (long Position, Problem? Problem) After(HttpRequest request)
    {
        if (!TryRead(request.Query["after"], out var query))
        {
            return (0, KnownProblems.InvalidParameter("after", "Give the number of the last event that was read, 0 for none."));
        }

        if (!TryRead(request.Headers[LastEventId], out var header))
        {
            return (0, KnownProblems.InvalidHeader(LastEventId, "Give the number of the last event that was read, 0 for none."));
        }

        return (header ?? query ?? 0, QueryNames.Unknown(request, "after"));
    }

    /// <summary><c>?from=</c>: an event index, 0 for the start.</summary>
    public static (long Position, Problem? Problem) From(HttpRequest request) => TryRead(request.Query["from"], out var from)
        ? (from ?? 0, QueryNames.Unknown(request, "from"))
        : (0, KnownProblems.InvalidParameter("from", "Give the number of complete events to leave out, 0 for none."));

    private static bool TryRead(StringValues values, out long? position)
    {
        position = null;
        if (values.Count == 0)
        {
            return true;
        }

        if (values is not [{ } text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        position = number;
        return true;
    }
}
