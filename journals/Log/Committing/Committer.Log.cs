using Microsoft.Extensions.Logging;

namespace Orchestrator.Journals.Committing;

internal sealed partial class Committer
{
    [LoggerMessage(1, LogLevel.Error, "A commit of the journal failed in an unforeseen way")]
    private static partial void LogUnforeseen(ILogger logger, Exception error);
}
