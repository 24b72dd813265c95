using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Webhooks;

/// <summary>A receiver is named by scheme, host and port: paths and queries of webhooks hold secrets as often as not.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: told {Receiver}")]
    public static partial void Delivered(this ILogger log, RunId run, string receiver);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Run}: try {Tries} to tell {Receiver} failed, the next is at {NextTryAt:O}: {Reason}")]
    public static partial void TryFailed(this ILogger log, RunId run, int tries, string receiver, DateTimeOffset nextTryAt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: gave up to tell {Receiver} after {Tries} tries: {Reason}")]
    public static partial void GaveUp(this ILogger log, RunId run, string receiver, int tries, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: {Receiver} is gone (410) and is not told")]
    public static partial void ReceiverGone(this ILogger log, RunId run, string receiver);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: there is no such run any more, nobody is told of it")]
    public static partial void RunGone(this ILogger log, RunId run);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: {Receiver} did not ask to be told of this end")]
    public static partial void NotWanted(this ILogger log, RunId run, string receiver);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: could not ask how the run stands, asked again later: {Reason}")]
    public static partial void RunUnknown(this ILogger log, RunId run, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Run}: the webhook outbox can not be written, this delivery may be repeated after a restart: {Reason}")]
    public static partial void OutboxUnavailable(this ILogger log, RunId run, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook outbox can not be read, read again later: {Reason}")]
    public static partial void OutboxUnreadable(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} webhooks are owed from before")]
    public static partial void Owed(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Run}: the webhook's delivery failed; it is left for the next start")]
    public static partial void DeliveryFailed(this ILogger log, RunId run, Exception exception);
}
