namespace Orchestrator.Standalone.Hosting;

internal static partial class RunsHostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Took up {Count} unfinished runs")]
    public static partial void TookUp(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Statistics begin with this start, not all that was before could be counted: {Reason}")]
    public static partial void NotRecounted(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Count} runs")]
    public static partial void Expired(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention could not remove old runs now: {Reason}")]
    public static partial void NotExpired(this ILogger log, string reason);
}
