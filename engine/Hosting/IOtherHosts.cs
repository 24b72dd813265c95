using Orchestrator.Engine.Statistics;

namespace Orchestrator.Engine.Hosting;

/// <summary>The hosts that serve together with this one. One that does not answer is passed over: operators must see the rest.</summary>
internal interface IOtherHosts
{
    /// <summary>Brings what has changed of their runs since the last time into this host's changes. Completes when they have answered.</summary>
    /// <param name="isWhole">Progress, too, and not only what is more than that.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    Task HearAsync(bool isWhole, CancellationToken cancellationToken);

    /// <returns>For each of them what its runs did; null where it did not answer in time.</returns>
    Task<IReadOnlyList<HostOverview?>> AskAsync(StatQuestion question, CancellationToken cancellationToken);
}
