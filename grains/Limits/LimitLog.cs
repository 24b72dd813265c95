using Microsoft.Extensions.Logging;

namespace Orchestrator.Grains.Limits;

internal static partial class LimitLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The limit {Limit} is counted here, with {Count} turns that silos hold")]
    public static partial void TookUp(this ILogger log, string limit, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Silo} did not tell its turns of the limit {Limit}, which count as ended: {Reason}")]
    public static partial void NotHeard(this ILogger log, SiloAddress silo, string limit, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The day's neurons of {Limit} were not kept, the next time will do: {Reason}")]
    public static partial void NotKept(this ILogger log, string limit, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The limit {Limit} can not be asked now, and is asked again: {Reason}")]
    public static partial void NotAsked(this ILogger log, string limit, string reason);
}
