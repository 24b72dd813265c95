using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;

namespace Orchestrator.Api.Feed;

/// <summary>Reads what a caller wants of the feed.</summary>
internal static class FeedRequest
{
    public const string LastEventId = "Last-Event-ID";

    /// <summary><c>?status=</c>, as bits; 0 for all.</summary>
    public static (int Statuses, Problem? Problem) Statuses(HttpContext context, ApiOptions options)
    {
        if (QueryNames.Unknown(context.Request, "status") is { } unknown)
        {
            return (0, unknown);
        }

        var (query, problem) = ListQuery.Read(context.Request.QueryString, "", options);
        return (query?.Statuses.Aggregate(0, static (bits, status) => bits | (1 << (int)status)) ?? 0, problem);
    }
}
