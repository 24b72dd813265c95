using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Statistics;

/// <summary>What has been counted of one run that is worked on: the next fold is counted as the difference.</summary>
internal sealed class RunTally
{
    private RunProgress _counted;

    public bool HasFirstEvent { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>For its turn, or for its next attempt.</summary>
    public bool Waits { get; set; }

    /// <summary>What the run has come on by since the last time.</summary>
    public RunProgress Advance(RunState run)
    {
        var (events, input, output, reattaches) = (0L, 0L, 0L, 0L);
        for (var i = 0; i < run.Attempts.Count; i++)
        {
            var attempt = run.Attempts[i];
            events += attempt.Events;
            input += attempt.Usage?.InputTokens ?? 0;
            output += attempt.Usage?.OutputTokens ?? 0;
            reattaches += attempt.Reattaches;
        }

        var before = _counted;
        _counted = new RunProgress(events, input, output, reattaches, RunReports.Fallbacks(run));
        return new RunProgress(
            events - before.Events,
            input - before.InputTokens,
            output - before.OutputTokens,
            reattaches - before.Reattaches,
            _counted.Fallbacks - before.Fallbacks);
    }
}
