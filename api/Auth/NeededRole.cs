namespace Orchestrator.Api.Auth;

/// <summary>Metadata of an endpoint: the role that its callers need. An endpoint without it is open to all.</summary>
internal sealed record NeededRole(Role Role);
