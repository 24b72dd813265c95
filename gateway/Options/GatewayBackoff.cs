namespace Orchestrator.Gateway;

/// <summary>How the gateway's own retries wait. The numbers never change.</summary>
public enum GatewayBackoff : byte
{
    Constant = 1,
    Linear = 2,
    Exponential = 3,
}
