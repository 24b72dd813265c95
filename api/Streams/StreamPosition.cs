using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Streams;

/// <summary>From where a caller wants to read.</summary>
internal static class StreamPosition
{
    private const string LastEventId = "Last-Event-ID";

    /// <summary><c>?after=</c> or <c>Last-Event-ID</c>: a sequence number, 0 for the start. Given twice, they must agree.</summary>
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

        return query is { } left && header is { } right && left != right
            ? (0, KnownProblems.InvalidHeader(LastEventId, "It says another number than ?after=: give one of them."))
            : (query ?? header ?? 0, null);
    }

    /// <summary><c>?from=</c>: an event index, 0 for the start.</summary>
    public static (long Position, Problem? Problem) From(HttpRequest request) => TryRead(request.Query["from"], out var from)
        ? (from ?? 0, null)
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
