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

    /// <summary>
    /// Until a run is called again that could not be, twice as long each time: where a run was that a dead silo had is not sorted out at once.
    /// </summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LatestAgain = TimeSpan.FromSeconds(4);

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
        var pause = options.SweepInterval;
        await using var changes = membership.MembershipUpdates.GetAsyncEnumerator(stopped);
        var change = changes.MoveNextAsync().AsTask();
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                await change.WaitAsync(pause, host.Services.Clock, stopped);
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
            pause = await SweepAsync(stopped) ? options.SweepInterval : pause > LatestAgain ? SoonAgain : Least(pause * 2, LatestAgain);
        }
    }

    /// <returns>False: there may be a run that nobody works on still.</returns>
    private async Task<bool> SweepAsync(CancellationToken stopped)
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active)
            .Select(static member => member.SiloAddress).ToList();
        if (host.IsStopping || !silos.Contains(_here))
        {
            return true;
        }

        try
        {
            // Each silo its share: what all silos read together does not grow with their number.
            var mine = await host.Services.Journal.ListUnfinishedAsync(
                run => host.Find(run) is null && RunShare.Of(run, silos)!.Equals(_here), stopped);
            var missed = 0;
            await Parallel.ForEachAsync(
                mine,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopped },
                async (run, _) => Interlocked.Add(ref missed, await WokeAsync(run) ? 0 : 1));
            return missed == 0;
        }
        catch (JournalUnavailableException unavailable)
        {
            _log.NotSwept(unavailable.Message);
            return false;
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The silo stops: others sweep.
            return true;
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async ValueTask<bool> WokeAsync(RunId run)
    {
        try
        {
            await grains.GetGrain<IRunGrain>(run.ToString()).WakeAsync();
            return true;
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            _log.NotWoken(run, failure.Message);
            return false;
        }
        catch (Exception failure) when (failure is not JournalUnavailableException)
        {
            // This run's own affair, which is to be seen; it must not keep the watch from the others.
            _log.WakeFailed(run, failure);
            return true;
        }
    }
}
