namespace Orchestrator.Api;

/// <summary>Whether this process can serve; for <c>GET /readyz</c>. The host registers it. Thread-safe, and answers at once.</summary>
public interface IReadiness
{
    /// <returns>Where not ready: why, and what mends it.</returns>
    (bool Ready, string? Reason) Check();
}
