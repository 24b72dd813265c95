using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Committing;

internal sealed partial class BlockCommit
{
    [LoggerMessage(3, LogLevel.Warning, "Segment {Segment} was sealed by another writer; going on in a new one")]
    private static partial void LogFenced(ILogger logger, SegmentId segment);

    [LoggerMessage(4, LogLevel.Warning, "{Run} belongs to another writer now")]
    private static partial void LogLost(ILogger logger, RunId run);

    [LoggerMessage(5, LogLevel.Warning, "It is not known whether a block was written at {Position} of segment {Segment}: {Reason}")]
    private static partial void LogInDoubt(ILogger logger, int position, SegmentId segment, string reason);

    [LoggerMessage(6, LogLevel.Information, "The block in doubt at {Position} of segment {Segment} landed: {Landed}")]
    private static partial void LogResolved(ILogger logger, int position, SegmentId segment, bool landed);
}
