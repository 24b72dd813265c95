namespace Orchestrator.Engine.Runs;

/// <summary>What tokens cost, by the prices of the configuration at the time; in US dollars.</summary>
public sealed record RunCost
{
    /// <summary>Of all attempts whose price and usage are known.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The part of <see cref="Amount"/> that bought nothing of the answer: attempts that were tried again or fallen back from.</summary>
    public decimal Wasted { get; init; }

    /// <summary>The date of the oldest of the prices that were used.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>False where something else was paid for, or may have been, whose price or usage is not known: then it is a lower bound.</summary>
    public bool Complete { get; init; } = true;
}
