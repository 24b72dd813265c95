using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>The lines under a watched run.</summary>
internal static class RunSummary
{
    public static IEnumerable<string> Lines(Run run, Outcome outcome, int reconnects)
    {
        if (outcome.Trouble is { } trouble)
        {
            yield return trouble;
        }

        if (run is { Status: RunStatus.Failed, Attempts.Count: > 1 })
        {
            foreach (var attempt in run.Attempts)
            {
                yield return $"  attempt {attempt.Attempt}, {attempt.Model}: {Quantity.Of(attempt.Error)}";
            }
        }

        yield return string.Join(" · ", Facts(run, reconnects).Where(fact => fact is not null));
    }

    private static IEnumerable<string?> Facts(Run run, int reconnects)
    {
        yield return run.Attempts.Count > 0 ? run.Attempts[^1].Model ?? run.Model : run.Model;
        yield return Quantity.Of(run.Usage);
        yield return run is { CreatedAt: { } created, EndedAt: { } ended } ? Quantity.Of(ended - created) : null;
        var reattaches = run.Attempts.Sum(attempt => attempt.Reattaches);
        yield return reattaches > 0 ? Quantity.Of(reattaches, "re-attach", "re-attaches") : null;
        yield return reconnects > 0 ? Quantity.Of(reconnects, "reconnect", "reconnects") : null;
    }
}
