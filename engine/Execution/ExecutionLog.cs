using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Execution;

internal static partial class ExecutionLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: the journal is not available, the run waits: {Reason}")]
    public static partial void JournalUnavailable(this ILogger log, RunId run, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: another host has taken the run; stopped here")]
    public static partial void OwnershipLost(this ILogger log, RunId run);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Run}: the engine failed; the run is left for the next start")]
    public static partial void EngineFailed(this ILogger log, RunId run, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: attempt {Attempt} goes to {Model}")]
    public static partial void Dispatching(this ILogger log, RunId run, int attempt, string model);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: waits for its turn with {Model}: {Limit}")]
    public static partial void Queued(this ILogger log, RunId run, string model, string limit);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: attempt {Attempt} lost its connection after {Events} events: {Reason}")]
    public static partial void Detached(this ILogger log, RunId run, int attempt, long events, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: attempt {Attempt} goes on from event {Events}")]
    public static partial void Reattached(this ILogger log, RunId run, int attempt, long events);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run}: attempt {Attempt} failed: {Code}")]
    public static partial void AttemptFailed(this ILogger log, RunId run, int attempt, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run}: its prompt and answer could not be read for its trace: {Reason}")]
    public static partial void NotTraced(this ILogger log, RunId run, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: ended {Status}")]
    public static partial void Ended(this ILogger log, RunId run, string status);
}
