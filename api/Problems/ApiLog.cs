using Microsoft.Extensions.Logging;

namespace Orchestrator.Api.Problems;

internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; the caller was told {TraceId}")]
    public static partial void RequestFailed(this ILogger log, string method, string path, string traceId, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path}: {Reason}")]
    public static partial void JournalUnavailable(this ILogger log, string method, string path, string reason);
}
