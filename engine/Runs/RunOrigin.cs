using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Runs;

/// <summary>The run that another one repeats.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Trace">The span that it hangs under; null where it was given none.</param>
public sealed record RunOrigin(string Run, TraceContext? Trace = null);
