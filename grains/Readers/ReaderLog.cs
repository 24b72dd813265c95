using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Grains.Readers;

internal static partial class ReaderLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run}: a reader at entry {Position} waits for the run's next silo: {Kind}: {Reason}")]
    public static partial void ReaderWaits(this ILogger log, RunId run, long position, string kind, string reason);
}
