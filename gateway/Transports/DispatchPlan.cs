namespace Orchestrator.Gateway;

/// <summary>A decision, and what is sent where it is a choice: a universal request, a REST call, or else the request over the bridge.</summary>
/// <param name="Decision">The way, or why there is none.</param>
/// <param name="Request">With the defaults in its gateway options.</param>
/// <param name="Universal">On the gateway path.</param>
/// <param name="Rest">On the run path over REST.</param>
internal sealed record DispatchPlan(TransportDecision Decision, RunRequest Request, PreparedUniversal? Universal = null, RestCall? Rest = null);
