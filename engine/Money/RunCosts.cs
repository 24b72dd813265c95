using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Money;

/// <summary>What a run's attempts cost, and the run with them. Pure.</summary>
public static class RunCosts
{
    /// <summary>Null: nothing is known of it.</summary>
    public static RunCost? Of(AttemptState attempt, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(prices);
        return prices.Of(attempt.ServedModel ?? attempt.Model, attempt.Usage, attempt.StartedAt);
    }

    /// <summary>The sum of what is known; null where that is nothing.</summary>
    public static RunCost? Of(RunState run, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunCost? sum = null;
        var isComplete = true;
        var inAnswer = RunReports.InAnswer(run).ToHashSet();
        foreach (var attempt in run.Attempts)
        {
            if (Of(attempt, prices) is not { } cost)
            {
                isComplete &= IsFree(attempt);
                continue;
            }

            // Of a run that did not complete, the last attempts are its answer all the same, as far as it goes.
            var wasted = inAnswer.Contains(attempt) ? 0 : cost.Amount;
            sum = sum is null
                ? cost with { Wasted = wasted }
                : sum with
                {
                    Amount = sum.Amount + cost.Amount,
                    Wasted = sum.Wasted + wasted,
                    AsOf = sum.AsOf < cost.AsOf ? sum.AsOf : cost.AsOf,
                };
        }

        return sum is null ? null : sum with { Complete = isComplete };
    }

    /// <summary>What was refused with a status and said nothing is not charged for; what fell silent may be.</summary>
    private static bool IsFree(AttemptState attempt) => attempt is { Events: 0, HasOutput: false, Failure: { HostLost: false, Error.Status: >= 400 } };
}
