using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.State;

/// <summary>The one place where the gateway library's values become the engine's.</summary>
internal static class GatewayMapping
{
    public static RunError ToRunError(this GatewayError error) => new()
    {
        Code = error.Code,
        Message = error.Message,
        Status = error.Status,
        Recoverable = error.Recoverable,
        UpstreamCode = error.UpstreamCode,
        RetryAfterMs = error.RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
        NextLeg = error.NextLeg,
    };

    /// <summary>Later reports of usage in one answer replace earlier ones, number by number.</summary>
    public static TokenCounts MergedWith(this TokenCounts? earlier, in TokenUsage later)
    {
        var input = later.Input ?? earlier?.InputTokens;
        var output = later.Output ?? earlier?.OutputTokens;
        return new TokenCounts
        {
            InputTokens = input,
            OutputTokens = output,
            TotalTokens = later.Total ?? Sum(input, output),
            CacheReadTokens = later.CacheRead ?? earlier?.CacheReadTokens,
            CacheWriteTokens = later.CacheWritten ?? earlier?.CacheWriteTokens,
        };
    }

    private static long? Sum(long? input, long? output) => input is null && output is null ? null : (input ?? 0) + (output ?? 0);
}
