namespace Orchestrator.Api.Auth;

/// <summary>A browser's session.</summary>
internal sealed record SignedIn(Caller Caller, DateTimeOffset ExpiresAt);
