using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Entries;

/// <summary>The JSON part of <see cref="RunSubmitted"/>; inputs and secrets follow it as bytes.</summary>
internal sealed record RunSubmittedHead(RunSpec Spec, string Tenant, int Projection, TraceContext? Trace = null, RunOrigin? Origin = null);
