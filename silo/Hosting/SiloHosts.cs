using Orchestrator.Api;
using Orleans.Runtime;

namespace Orchestrator.Silo.Hosting;

/// <summary>The cluster's silos, from its table of members. What only each of them knows, its version and its runs, is left open.</summary>
internal sealed class SiloHosts(IGrainFactory grains, ILocalSiloDetails here) : IHosts
{
    public async ValueTask<IReadOnlyList<HostEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var members = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true).WaitAsync(cancellationToken);
        return
        [
            .. members.OrderBy(static member => member.SiloName, StringComparer.Ordinal).Select(member => new HostEntry(
                member.SiloName,
                member.Status.ToString().ToLowerInvariant(),
                new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)),
                Version: null,
                ActiveRuns: null,
                member.SiloAddress.Equals(here.SiloAddress))),
        ];
    }
}
