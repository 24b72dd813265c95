namespace Orchestrator.Engine.Turns;

/// <summary>What becomes of runs when the day's neurons are spent.</summary>
public enum OverBudget
{
    None = 0,

    /// <summary>They wait for the next day, within their own total time.</summary>
    Wait = 1,

    /// <summary>They take their next leg, or fail.</summary>
    Fail = 2,
}
