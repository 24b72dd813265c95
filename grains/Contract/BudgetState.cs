namespace Orchestrator.Grains.Contract;

/// <summary>The neurons of a day, as they are kept.</summary>
[GenerateSerializer]
[Alias("orchestrator.budget")]
public sealed class BudgetState
{
    /// <summary>Days since 1970, UTC.</summary>
    [Id(0)]
    public long Day { get; set; }

    [Id(1)]
    public double Spent { get; set; }

    /// <summary>The account's own count says that nothing is left of the day.</summary>
    [Id(2)]
    public bool IsRefused { get; set; }
}
