using Azure;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.AzureBlobs.Blobs;

/// <summary>What a failure of the service, or on the way to it, means for the journal.</summary>
internal static class BlobFault
{
    private const int Conflict = 409;
    private const int PreconditionFailed = 412;

    public static bool IsAbsent(RequestFailedException error) => error.Status == 404;

    /// <summary>Whether a condition of the call did not hold; then nothing was changed.</summary>
    public static bool IsRefused(RequestFailedException error) => error.Status is Conflict or PreconditionFailed;

    /// <summary>Whether the service answered that it did nothing. Anything else leaves open what it did.</summary>
    public static bool IsCertain(Exception error) => error is RequestFailedException { Status: >= 400 and < 500 and not 408 };

    public static bool IsKnown(Exception error) => error is RequestFailedException or AggregateException or IOException or TaskCanceledException;

    /// <param name="error">What the client threw.</param>
    /// <param name="place">Account and container: no key.</param>
    public static JournalUnavailableException ToException(Exception error, string place) => error switch
    {
        RequestFailedException { Status: 401 or 403 } refused => new JournalUnavailableException(
            $"{place} refused ({refused.ErrorCode}): check the connection string's key or signature, its rights, and the account's network rules.", error),
        RequestFailedException { Status: 404 } refused => new JournalUnavailableException(
            $"{place} lacks what should be there ({refused.ErrorCode}): check that nobody removes the container or its blobs.", error),
        RequestFailedException { Status: 429 or 503 } refused => new JournalUnavailableException(
            $"{place} is throttled or busy ({refused.ErrorCode}): it should pass; otherwise spread the load over more accounts.", error),
        RequestFailedException { Status: > 0 } refused => new JournalUnavailableException(
            $"{place} answered {refused.Status} ({refused.ErrorCode}): check the account.", error),
        _ => new JournalUnavailableException($"{place} can not be reached ({Reason(error)}): check the network, and that the account exists.", error),
    };

    private static string Reason(Exception error)
    {
        var inner = error;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return inner.Message;
    }
}
