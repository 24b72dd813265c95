namespace Orchestrator.Gateway;

/// <summary>How a model is asked on the gateway path.</summary>
/// <param name="Provider">The gateway's name for the provider, <c>workers-ai</c> or <c>compat</c>.</param>
/// <param name="Endpoint">What follows it.</param>
/// <param name="Wire">How it answers.</param>
/// <param name="Edit">What is set in the inputs.</param>
internal sealed record EntryPlan(string Provider, string Endpoint, WireFormat Wire, InputEdit Edit);
