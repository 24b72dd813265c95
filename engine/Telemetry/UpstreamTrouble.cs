namespace Orchestrator.Engine.Telemetry;

/// <summary>An attempt that ended without a complete answer by the upstream's fault.</summary>
/// <param name="At">When.</param>
/// <param name="Model">As the caller wrote it.</param>
/// <param name="Code">The error's code.</param>
public sealed record UpstreamTrouble(DateTimeOffset At, string Model, string Code);
