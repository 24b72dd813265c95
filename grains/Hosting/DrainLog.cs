using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Hosting;

internal static partial class DrainLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: {Runs} runs go to {Silos} other silos")]
    public static partial void Draining(this ILogger log, int runs, int silos);

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained: {Left} runs are left here")]
    public static partial void Drained(this ILogger log, int left);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Silo} has not prepared for {Runs} runs, which takes longer then: {Reason}")]
    public static partial void NotPrepared(this ILogger log, SiloAddress silo, int runs, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: not handed over; another silo takes it from the journal: {Reason}")]
    public static partial void NotHandedOver(this ILogger log, RunId run, string reason);
}
