namespace Orchestrator.Api.Auth;

/// <summary>Who makes a request.</summary>
/// <param name="Tenant">Empty where the service runs without keys.</param>
/// <param name="Roles">What they may do.</param>
internal sealed record Caller(string Tenant, Role Roles)
{
    /// <summary>Anybody on this machine, while there are no keys.</summary>
    public static readonly Caller Local = new("", Role.Submit | Role.Read | Role.Operate);
}
