using Microsoft.Extensions.Logging;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;
using Orleans.Runtime.Services;

namespace Orchestrator.Grains.Limits;

/// <summary>Asks all silos what they hold.</summary>
internal sealed class TurnHolders(
    IServiceProvider services, IClusterMembershipService membership, RunGrainOptions options, ILogger<LimitGrain> log)
    : GrainServiceClient<ITurnHolder>(services)
{
    public async Task<IEnumerable<HeldTurn>> HeldAsync(string limit, TimeProvider clock)
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown)
            .Select(static member => member.SiloAddress);
        var held = await Task.WhenAll(silos.Select(silo => HeldAsync(silo, limit, clock)));
        return held.SelectMany(static each => each);
    }

    private async Task<HeldTurn[]> HeldAsync(SiloAddress silo, string limit, TimeProvider clock)
    {
        try
        {
            return await GetGrainService(silo).HeldAsync(limit).WaitAsync(options.HeldPatience, clock);
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            log.NotHeard(silo, limit, failure.Message);
            return [];
        }
    }
}
