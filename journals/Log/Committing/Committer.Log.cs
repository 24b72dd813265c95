using Microsoft.Extensions.Logging;

namespace Orchestrator.Journals.Committing;

internal sealed partial class Committer
{
    [LoggerMessage(1, LogLevel.Error, "The journal can not be written: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Error, "A commit of the journal failed in an unforeseen way")]
    private static partial void LogUnforeseen(ILogger logger, Exception error);
}
