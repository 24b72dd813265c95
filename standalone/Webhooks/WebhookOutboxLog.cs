namespace Orchestrator.Standalone.Webhooks;

internal static partial class WebhookOutboxLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The webhook '{File}' is unreadable and was renamed to end in {Extension}: {Reason}")]
    public static partial void SetAside(this ILogger log, string file, string extension, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook '{File}' can not be read and is left for the next start: {Reason}")]
    public static partial void NotRead(this ILogger log, string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook '{File}' could be neither stored nor removed: {Reason}")]
    public static partial void NotWithdrawn(this ILogger log, string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old entries of '{Directory}' could not be removed now: {Reason}")]
    public static partial void NotSwept(this ILogger log, string directory, string reason);
}
