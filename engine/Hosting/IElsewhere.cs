using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Hosting;

/// <summary>Runs that have not ended and that another host works on, or none at present. Every call may find that the run has ended meanwhile.</summary>
internal interface IElsewhere
{
    /// <summary>The run's entries from number <paramref name="from"/> on, to its end.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="from">The number of the first entry that is wanted.</param>
    /// <param name="keepAlive">After how much silence a wait is broken off; infinite for never.</param>
    IEntryFollower Follow(RunId run, long from, TimeSpan keepAlive);

    /// <summary>Cancels the run; completes when its end is durable.</summary>
    ValueTask CancelAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Completes when the run has ended, or the time is up.</summary>
    ValueTask WaitForEndAsync(RunId run, TimeSpan wait, CancellationToken cancellationToken);
}
