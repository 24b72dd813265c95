using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Watch;

namespace Orchestrator.Grains.Hosting;

/// <summary>
/// Empties a silo that is about to stop: each of its runs goes to another silo, which has read its journal before, and goes on with it at
/// once. A few at a time: the rest is worked on here until it is its turn.
/// </summary>
internal sealed class RunDrain(
    RunHost host, IGrainFactory grains, RunWatchClient watches, IClusterMembershipService membership, ILocalSiloDetails here,
    RunGrainOptions options, ILogger<RunDrain> log)
{
    /// <summary>Runs that are prepared together. While the last of them waits for its turn, its journal grows again.</summary>
    private const int Prepared = 500;

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
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = host.Active.Where(run => tried.Add(run.Id)).Take(Prepared).ToLookup(run => RunShare.Of(run.Id, others)!);
            if (next.Count == 0)
            {
                return;
            }

            await Task.WhenAll(next.Select(share => PrepareAsync(share.Key, [.. share.Select(static run => run.Id.ToString())], cancellationToken)));
            await HandOverAsync([.. next.SelectMany(static share => share.Select(run => (run, share.Key)))], pace, began, cancellationToken);
        }
    }

    private async Task PrepareAsync(SiloAddress silo, IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        try
        {
            await watches.PrepareAsync(silo, runs).WaitAsync(options.DrainTime / 2, _clock, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: the silo reads their journals when it takes them up.
            log.NotPrepared(silo, runs.Count, failure.Message);
        }
    }

    private async Task HandOverAsync(
        List<(ActiveRun Run, SiloAddress Silo)> runs, HandOverPace pace, long began, CancellationToken cancellationToken)
    {
        var underWay = new List<Task<TimeSpan>>();
        for (var next = 0; (next < runs.Count || underWay.Count > 0) && !cancellationToken.IsCancellationRequested;)
        {
            if (_clock.GetElapsedTime(began) >= options.DrainTime)
            {
                pace.Hurry();
            }

            for (; next < runs.Count && underWay.Count < pace.Window; next++)
            {
                underWay.Add(HandOverAsync(runs[next].Run, runs[next].Silo, cancellationToken));
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
