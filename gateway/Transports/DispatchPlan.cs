namespace Orchestrator.Gateway;

/// <summary>A decision, and where it is a choice the one thing that is sent.</summary>
/// <param name="Decision">The way, or why there is none.</param>
/// <param name="Universal">On the gateway path.</param>
/// <param name="Rest">On the run path over REST.</param>
/// <param name="Bridge">On the run path over the bridge.</param>
internal sealed record DispatchPlan(
    TransportDecision Decision, PreparedUniversal? Universal = null, RestCall? Rest = null, BridgeCall? Bridge = null);
