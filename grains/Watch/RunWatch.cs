using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Watch;

/// <summary>
/// Wakes unfinished runs that nobody works on: when the silo starts, when the membership changes, and every so often in between. Runs that
/// somebody works on hear the call and go on.
/// </summary>
internal sealed class RunWatch(
    GrainId id,
    Silo silo,
    ILoggerFactory logs,
    RunHost host,
    IGrainFactory grains,
    IClusterMembershipService membership,
    RunGrainOptions options) : GrainService(id, silo, logs), IRunWatch
{
    /// <summary>Calls under way at a time.</summary>
    private const int AtOnce = 256;

    private readonly ILogger _log = logs.CreateLogger<RunWatch>();
    private readonly SiloAddress _here = silo.SiloAddress;

    public Task PrepareAsync(IReadOnlyList<string> runs) => Task.Run(
        () => host.Prepared.PrepareAsync([.. runs.Select(static run => RunId.Parse(run))], StoppedCancellationTokenSource.Token));

    protected override async Task StartInBackground()
    {
        await base.StartInBackground();
        Task.Run(() => WatchAsync(StoppedCancellationTokenSource.Token)).Ignore();
    }

    private async Task WatchAsync(CancellationToken stopped)
    {
        var dead = 0;
        await using var changes = membership.MembershipUpdates.GetAsyncEnumerator(stopped);
        var change = changes.MoveNextAsync().AsTask();
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                await change.WaitAsync(options.SweepInterval, host.Services.Clock, stopped);
                change = changes.MoveNextAsync().AsTask();
            }
            catch (TimeoutException)
            {
                // Nothing has changed. A run may be forgotten all the same.
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }

            var nowDead = membership.CurrentSnapshot.Members.Values.Count(static member => member.Status == SiloStatus.Dead);
            if (nowDead > dead)
            {
                host.Lost.Clear();
            }

            dead = nowDead;
            await SweepAsync(stopped);
        }
    }

    private async Task SweepAsync(CancellationToken stopped)
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active)
            .Select(static member => member.SiloAddress).ToList();
        if (host.IsStopping || !silos.Contains(_here))
        {
            return;
        }

        try
        {
            // Each silo its share: what all silos read together does not grow with their number.
            var mine = await host.Services.Journal.ListUnfinishedAsync(
                run => host.Find(run) is null && RunShare.Of(run, silos)!.Equals(_here), stopped);
            await Parallel.ForEachAsync(
                mine, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopped }, (run, _) => WakeAsync(run));
        }
        catch (JournalUnavailableException unavailable)
        {
            _log.NotSwept(unavailable.Message);
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The silo stops: others sweep.
        }
    }

    private async ValueTask WakeAsync(RunId run)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(run.ToString()).WakeAsync();
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            // The membership is about to change again, or the next sweep finds it.
            _log.NotWoken(run, failure.Message);
        }
    }
}
