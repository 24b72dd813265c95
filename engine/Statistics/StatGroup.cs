namespace Orchestrator.Engine.Statistics;

/// <summary>What series there are one of each for.</summary>
public enum StatGroup
{
    None = 1,
    Model = 2,
    Leg = 3,
    Tenant = 4,
}
