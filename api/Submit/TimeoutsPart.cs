using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary><c>timeouts</c>.</summary>
internal static class TimeoutsPart
{
    public static TimeoutSpec Read(JsonFields run)
    {
        var defaults = new TimeoutSpec();
        return run.Object("timeouts", SubmitFields.Timeouts) is not { } timeouts
            ? defaults
            : new TimeoutSpec
            {
                FirstEventMs = timeouts.Whole("firstEventMs", 1, SubmitLimits.SilenceMs) ?? defaults.FirstEventMs,
                IdleMs = timeouts.Whole("idleMs", 1, SubmitLimits.SilenceMs) ?? defaults.IdleMs,
                TotalMs = timeouts.WholeLong("totalMs", 1, SubmitLimits.TotalMs) ?? defaults.TotalMs,
            };
    }
}
