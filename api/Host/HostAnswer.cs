using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Api.Host;

/// <param name="Facts">Null where the host told none.</param>
/// <param name="Options">Null where the host has no engine of its own.</param>
/// <param name="Others">The hosts that serve together; null where this one serves alone.</param>
/// <param name="Reading">Its metrics.</param>
/// <param name="Ready">Whether it can serve.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Now">UTC.</param>
/// <param name="StartedAt">The process; UTC.</param>
/// <param name="ResidentBytes">Its memory.</param>
internal sealed record HostAnswer(
    HostFacts? Facts,
    EngineOptions? Options,
    IReadOnlyList<HostEntry>? Others,
    HostReading Reading,
    bool Ready,
    string? Reason,
    DateTimeOffset Now,
    DateTimeOffset StartedAt,
    long ResidentBytes);
