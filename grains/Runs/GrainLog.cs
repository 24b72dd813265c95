using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Runs;

internal static partial class GrainLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: the checkpoint was not written; the journal has the run: {Reason}")]
    public static partial void CheckpointRefused(this ILogger log, RunId run, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: epoch {Mine} has lost the run to epoch {Theirs}; stopped here")]
    public static partial void CheckpointLost(this ILogger log, RunId run, long mine, long theirs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain}: the reminder was not {Done}: {Reason}")]
    public static partial void ReminderRefused(this ILogger log, GrainId grain, string done, string reason);
}
