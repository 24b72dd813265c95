using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Watch;

namespace Orchestrator.Grains.Hosting;

/// <summary>Empties a silo that is about to stop: each of its runs goes to another silo, which goes on with it at once.</summary>
internal sealed class RunDrain(
    RunHost host, IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails here, ILogger<RunDrain> log)
{
    private const int AtOnce = 256;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var others = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(here.SiloAddress))
            .Select(static member => member.SiloAddress).ToList();
        var runs = host.Active.ToList();
        if (others.Count > 0)
        {
            log.Draining(runs.Count, others.Count);
            await Parallel.ForEachAsync(
                runs,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                (run, _) => HandOverAsync(run, RunShare.Of(run.Id, others)!));
        }

        // What is left here, and what is submitted meanwhile, waits in the journal for whoever sweeps it.
        await host.StopAsync();
        log.Drained(host.Count);
    }

    private async ValueTask HandOverAsync(ActiveRun run, SiloAddress silo)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(run.Id.ToString()).HandOverAsync(silo);
            await run.Completion;
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            log.NotHandedOver(run.Id, failure.Message);
        }
    }
}
