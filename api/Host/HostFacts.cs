namespace Orchestrator.Api;

/// <summary>What a host tells operators of itself, as in the line that it starts with. The host registers it; no secrets.</summary>
/// <param name="Journal">Which store, and where.</param>
/// <param name="Gateway">Which gateway and upstreams, and where.</param>
public sealed record HostFacts(string Journal, string Gateway);
