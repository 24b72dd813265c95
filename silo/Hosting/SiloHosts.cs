using Orchestrator.Api;
using Orchestrator.Grains.Others;
using Orleans.Runtime;

namespace Orchestrator.Silo.Hosting;

/// <summary>The cluster's silos, from its table of members, and what each of them tells.</summary>
internal sealed class SiloHosts(SiloList silos) : IHosts
{
    public async ValueTask<IReadOnlyList<HostEntry>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await silos.ReadAsync(cancellationToken)).Select(static one => new HostEntry(
            one.Silo.SiloName,
            one.Silo.Status == SiloStatus.ShuttingDown ? "shutting down" : one.Silo.Status.ToString().ToLowerInvariant(),
            new DateTimeOffset(DateTime.SpecifyKind(one.Silo.StartTime, DateTimeKind.Utc)),
            one.Facts?.Version,
            one.Facts?.ActiveRuns,
            one.IsThis)),
    ];
}
