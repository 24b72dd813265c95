using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Api.Host;

/// <param name="Facts">Null where the host told none.</param>
/// <param name="Limits">Null where there are none.</param>
/// <param name="Reading">Its metrics.</param>
/// <param name="Ready">Whether it can serve.</param>
/// <param name="Reason">Why not.</param>
/// <param name="StartedAt">The process; UTC.</param>
/// <param name="ResidentBytes">Its memory.</param>
internal sealed record HostAnswer(
    HostFacts? Facts, LimitOptions? Limits, HostReading Reading, bool Ready, string? Reason, DateTimeOffset StartedAt, long ResidentBytes);
