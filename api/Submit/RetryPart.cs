using System.Globalization;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary><c>retry</c>.</summary>
internal static class RetryPart
{
    public static RetrySpec Read(JsonFields run)
    {
        var defaults = new RetrySpec();
        if (run.Object("retry", SubmitFields.Retry) is not { } retry)
        {
            return defaults;
        }

        var delay = retry.Whole("delayMs", 0, SubmitLimits.RetryDelayMs);
        var longest = retry.Whole("maxDelayMs", 0, SubmitLimits.RetryDelayMs);
        if (delay > (longest ?? defaults.MaxDelayMs))
        {
            retry.Problem(
                "delayMs",
                string.Create(CultureInfo.InvariantCulture, $"It is longer than maxDelayMs ({longest ?? defaults.MaxDelayMs}): lower it, or raise maxDelayMs."));
        }

        return new RetrySpec
        {
            MaxAttempts = retry.Whole("maxAttempts", 1, SubmitLimits.Attempts) ?? defaults.MaxAttempts,
            DelayMs = delay ?? Math.Min(defaults.DelayMs, longest ?? defaults.MaxDelayMs),
            MaxDelayMs = longest ?? defaults.MaxDelayMs,
            Backoff = retry.OneOf("backoff", ChoiceNames.Backoffs) ?? defaults.Backoff,
        };
    }
}
