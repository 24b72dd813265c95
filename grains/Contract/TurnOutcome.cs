namespace Orchestrator.Grains.Contract;

[GenerateSerializer]
[Alias("orchestrator.turn-outcome")]
public enum TurnOutcome
{
    None = 0,

    /// <summary>Its attempt goes on.</summary>
    Open = 1,

    /// <summary>Nothing was sent.</summary>
    GivenBack = 2,

    /// <summary>The attempt is over.</summary>
    Closed = 3,
}
