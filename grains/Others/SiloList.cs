using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Others;

/// <summary>The silos of the cluster, and what each tells of itself.</summary>
public sealed class SiloList
{
    private readonly IGrainFactory _grains;
    private readonly SiloNewsClient _client;
    private readonly ILocalSiloDetails _here;

    internal SiloList(IGrainFactory grains, SiloNewsClient client, ILocalSiloDetails here) => (_grains, _client, _here) = (grains, client, here);

    /// <returns>By name. Facts are null where a silo did not answer in time.</returns>
    public async Task<IReadOnlyList<(MembershipEntry Silo, SiloFacts? Facts, bool IsThis)>> ReadAsync(CancellationToken cancellationToken)
    {
        var members = await _grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true).WaitAsync(cancellationToken);
        var facts = await Task.WhenAll(members.Select(
            member => _client.AskAsync(member.SiloAddress, static news => news.FactsAsync(), cancellationToken)));
        return
        [
            .. members.Zip(facts, (member, told) => (member, told, member.SiloAddress.Equals(_here.SiloAddress)))
                .OrderBy(static one => one.member.SiloName, StringComparer.Ordinal),
        ];
    }
}
