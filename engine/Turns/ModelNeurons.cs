using System.Globalization;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Turns;

/// <summary>What requests to a model take of the day's neurons.</summary>
/// <param name="Budget">Of the account.</param>
/// <param name="Price">Of the model.</param>
/// <param name="OverBudget">When they are spent.</param>
/// <param name="Freed">Tells all models that there may be room again; never called under a lock.</param>
internal sealed record ModelNeurons(NeuronBudget Budget, NeuronPrice Price, OverBudget OverBudget, Action Freed)
{
    /// <summary>The upstream's code for a day's allocation that is used up.</summary>
    public const string AllocationSpent = "3036";

    private const int UsualInput = 500;
    private const int UsualOutput = 256;

    /// <summary>Of a request about which nothing is known yet.</summary>
    public double Estimate => Of(UsualInput, UsualOutput);

    public double Of(TokenCounts? used) => used is null ? Estimate : Of(used.InputTokens ?? UsualInput, used.OutputTokens ?? 0);

    public TurnWait Wait(string model, long until, int ahead, long now)
    {
        var fails = OverBudget == OverBudget.Fail;
        var taken = Budget.Taken(now);
        var spent = Budget.PerDay > 0 && taken >= Budget.PerDay
            ? string.Create(CultureInfo.InvariantCulture, $"about {taken:0} of the {Budget.PerDay:0} neurons that Limits:NeuronsPerDay allows a day are spent")
            : "the account's free neurons of the day are spent";
        return new TurnWait(
            TurnLimits.Neurons, $"{model} is not asked: {spent}. The next day begins at 00:00 UTC.", fails ? null : until, ahead, fails);
    }

    private double Of(long input, long output) => Price.Request + (((input * Price.Input) + (output * Price.Output)) / 1_000_000);
}
