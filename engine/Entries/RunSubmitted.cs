using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Entries;

/// <summary>The first entry of every run.</summary>
public sealed record RunSubmitted
{
    public required RunSpec Spec { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The version of the projection to client events, which the run keeps for ever.</summary>
    public int Projection { get; init; } = 1;

    /// <summary>The caller's trace; null where it gave none.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>Null where it repeats none.</summary>
    public RunOrigin? Origin { get; init; }

    public required RunInputs Inputs { get; init; }

    /// <summary>Header values and keys, encrypted by the host; empty where there are none.</summary>
    public ReadOnlyMemory<byte> Sealed { get; init; }
}
