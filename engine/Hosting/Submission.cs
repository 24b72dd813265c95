using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Hosting;

/// <summary>A validated request to run something.</summary>
public sealed record Submission
{
    public required string Tenant { get; init; }

    public required RunSpec Spec { get; init; }

    public required RunInputs Inputs { get; init; }

    /// <summary>In clear; sealed before they are written anywhere.</summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The caller's trace; null for a trace of the run's own.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>The run that it repeats; null for none.</summary>
    public RunOrigin? Origin { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Tells whether a repeated key comes with the same body.</summary>
    public string? RequestHash { get; init; }
}
