namespace Orchestrator.TestKit.Journal;

/// <summary>What the storage refuses at present.</summary>
public enum Outage
{
    None = 0,
    Writes = 1,
    Everything = 2,
}
