using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Watch;

internal static partial class WatchLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Unfinished runs were not looked for, the next time will do: {Reason}")]
    public static partial void NotSwept(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: not woken, the next time will do: {Reason}")]
    public static partial void NotWoken(this ILogger log, RunId run, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Run}: it can not be woken, and is tried again at the next sweep")]
    public static partial void WakeFailed(this ILogger log, RunId run, Exception failure);
}
