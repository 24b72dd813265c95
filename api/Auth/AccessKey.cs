namespace Orchestrator.Api.Auth;

/// <summary>A key of the configuration.</summary>
internal sealed record AccessKey(KeyHash Hash, Caller Caller);
