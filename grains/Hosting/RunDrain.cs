using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Watch;

namespace Orchestrator.Grains.Hosting;

/// <summary>
/// Empties a silo that is about to stop: each of its runs goes to another silo, which goes on with it at once. A few at a time: the rest is
/// worked on here until it is its turn.
/// </summary>
internal sealed class RunDrain(
    RunHost host, IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails here, RunGrainOptions options,
    ILogger<RunDrain> log)
{
    private readonly TimeProvider _clock = host.Services.Clock;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var others = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(here.SiloAddress))
            .Select(static member => member.SiloAddress).ToList();
        if (others.Count > 0)
        {
            log.Draining(host.Count, others.Count);
            await HandOverAllAsync(others, cancellationToken);
        }

        // What is left here waits in the journal for whoever sweeps it.
        await host.StopAsync();
        log.Drained(host.Count);
    }

    /// <summary>What is submitted or taken up meanwhile goes as well.</summary>
    private async Task HandOverAllAsync(List<SiloAddress> others, CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        var pace = new HandOverPace();
        var tried = new HashSet<RunId>();
        var underWay = new List<Task<TimeSpan>>();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (_clock.GetElapsedTime(began) >= options.DrainTime)
            {
                pace.Hurry();
            }

            foreach (var run in host.Active.Where(run => !tried.Contains(run.Id)).Take(pace.Window - underWay.Count))
            {
                tried.Add(run.Id);
                underWay.Add(HandOverAsync(run, RunShare.Of(run.Id, others)!, cancellationToken));
            }

            if (underWay.Count == 0)
            {
                return;
            }

            var made = await Task.WhenAny(underWay);
            underWay.Remove(made);
            pace.Made(await made);
        }
    }

    /// <summary>Answers how long it took.</summary>
    private async Task<TimeSpan> HandOverAsync(ActiveRun run, SiloAddress silo, CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        try
        {
            var grain = grains.GetGrain<IRunGrain>(run.Id.ToString());
            await grain.HandOverAsync(silo);
            await run.Completion;

            // Answered where the run is now, once it is worked on there.
            await grain.WakeAsync().WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            log.NotHandedOver(run.Id, failure.Message);
        }

        return _clock.GetElapsedTime(began);
    }
}
