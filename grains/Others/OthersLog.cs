using Microsoft.Extensions.Logging;

namespace Orchestrator.Grains.Others;

internal static partial class OthersLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Silo} did not tell operators of its runs, they see those of the others: {Reason}")]
    public static partial void NotTold(this ILogger log, SiloAddress silo, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The runs of silos that are gone are not counted, the next look will do: {Reason}")]
    public static partial void NotCounted(this ILogger log, string reason);
}
