using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;
using Orchestrator.Grains.Limits;
using Orleans.Concurrency;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Orchestrator.Grains.Runs;

/// <summary>
/// The one activation of a run in the cluster: it makes the engine of its silo work on the run, and is there exactly as long as that lasts.
/// The engine's work is done outside of the grain's turns. Where two activations believe to have the run, the journal knows better.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
[GrainType("run")]
internal sealed class RunGrain(
    RunHost host,
    TakeUpQueue takeUps,
    DraftTurns turns,
    RunGrainOptions options,
    IClusterMembershipService membership,
    ILocalSiloDetails here,
    [PersistentState("checkpoint", RunGrainOptions.GrainStorage)] IPersistentState<RunCheckpoint> stored,
    ILogger<RunGrain> log) : Grain, IRunGrain, IRemindable, IGrainMigrationParticipant
{
    private const string Handover = "orchestrator.handover";

    private RunId _id;
    private ActiveRun? _run;
    private Task<CreatedRun?>? _creation;
    private Task? _takeUp;
    private CheckpointWriter? _checkpoint;
    private SafetyNet? _net;
    private bool _isHandover;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = RunId.Parse(this.GetPrimaryKeyString());
        _checkpoint = new CheckpointWriter(_id, stored, here.SiloAddress, TaskScheduler.Current, log);
        _net = new SafetyNet(this, options, log);
        if (_isHandover)
        {
            // Nobody has called yet: the run moved here by itself.
            TakeUpAsync().Ignore();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_run is { } run)
        {
            await LetGoAsync(run, cancellationToken);
        }

        if (_checkpoint is { } checkpoint)
        {
            await checkpoint.DrainAsync(cancellationToken);
        }
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext) => dehydrationContext.TryAddValue(Handover, true);

    public void OnRehydrate(IRehydrationContext rehydrationContext) => rehydrationContext.TryGetValue(Handover, out _isHandover);

    public async Task<SubmitReply> SubmitAsync(SubmitRequest request)
    {
        var draft = RunDraft.Of(_id, request.First.ToBatch(), request.IdempotencyKey, request.RequestHash);
        try
        {
            await CreationAsync();
            if (_run is not null || (request.IsRepeated && await host.Services.Journal.FindAsync(_id) is not null))
            {
                // It was the answer to an earlier call that was lost on its way.
                await TakeUpAsync();
                return new SubmitReply { Result = SubmitResult.Accepted };
            }

            _creation = CreateAsync(draft with { Turn = turns.Take(_id) });
            switch (await _creation)
            {
                case { Run: not null }:
                    return new SubmitReply { Result = SubmitResult.Accepted };
                case { Taken: { } taken }:
                    DeactivateOnIdle();
                    return new SubmitReply { Result = SubmitResult.KeyTaken, Holder = taken.Run.ToString(), HolderHash = taken.RequestHash };
                default:
                    DeactivateOnIdle();
                    return new SubmitReply { Result = SubmitResult.Stopping };
            }
        }
        catch (JournalUnavailableException unavailable)
        {
            DeactivateOnIdle();
            return new SubmitReply { Result = SubmitResult.Unavailable, Reason = unavailable.Message };
        }
        finally
        {
            _creation = null;
        }
    }

    public Task WakeAsync() => TakeUpAsync();

    public async Task<RunCheckpoint> GetAsync()
    {
        if (_run is { } run)
        {
            return _checkpoint!.Of(run);
        }

        if (!stored.State.HasEnded)
        {
            await TakeUpAsync();
        }

        return _run is { } taken ? _checkpoint!.Of(taken) : stored.State;
    }

    public async Task<bool> CancelAsync(TimeSpan wait)
    {
        await TakeUpAsync();
        _run?.Cancel();
        return await WaitForEndAsync(wait);
    }

    public async Task<bool> WaitForEndAsync(TimeSpan wait)
    {
        await TakeUpAsync();
        if (_run is not { } run)
        {
            return await HasEndedAsync();
        }

        try
        {
            await run.Completion.WaitAsync(wait, host.Services.Clock);
            return run.State.Status.IsEnded();
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<EntrySlice> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await TakeUpAsync();
        if (_run is not { } run)
        {
            yield break;
        }

        using var follower = new EntryFollower(
            host.Services.Journal, _id, from, run.Tail, unfinished: false, host.Services.Clock, Timeout.InfiniteTimeSpan);
        while (await follower.ReadAsync(cancellationToken) is { Kind: ReaderReadKind.Data, Batch: { } batch })
        {
            yield return EntrySlice.Of(batch);
        }
    }

    public Task HandOverAsync(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        this.MigrateOnIdle();

        // From here on calls wait for the next activation. Those that are under way wait for the run: its activation is idle, and can move,
        // once they have been answered.
        _run?.StopSoon();
        return Task.CompletedTask;
    }

    public async Task ForgetAsync()
    {
        await _checkpoint!.ClearAsync();
        await _net!.RemoveAsync();
        DeactivateOnIdle();
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _net!.Caught();
        await TakeUpAsync();
        if (_run is null && await HasEndedAsync())
        {
            await _net!.RemoveAsync();
        }
    }

    private async Task<CreatedRun?> CreateAsync(RunDraft draft)
    {
        var created = await Task.Run(() => host.CreateAsync(draft).AsTask());
        if (created is { Run: { } run })
        {
            Hold(run);
        }

        return created;
    }

    /// <summary>
    /// Whoever asks for a run that is being made waits for that: it is in the journal before it is held here, and would be taken from itself.
    /// </summary>
    private async Task CreationAsync()
    {
        if (_creation is { } creation)
        {
            await ((Task)creation).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One taking up at a time, whoever asks. Afterwards the run is here, or there is nothing to work on.</summary>
    private async Task TakeUpAsync()
    {
        await CreationAsync();
        if (_run is not null || stored.State.HasEnded)
        {
            return;
        }

        var fetch = _takeUp ??= FetchAsync();
        try
        {
            await fetch;
        }
        finally
        {
            _takeUp = _takeUp == fetch ? null : _takeUp;
        }
    }

    private async Task FetchAsync()
    {
        if (host.IsStopping)
        {
            throw new SiloUnavailableException("The silo is stopping: ask again.");
        }

        if (!_isHandover && host.Lost.IsLeftAlone(_id))
        {
            DeactivateOnIdle();
            throw new SiloUnavailableException("Another silo has taken the run from this one: ask again.");
        }

        if (await takeUps.TakeUpAsync(_id, LivingOwner()) is { } run)
        {
            Hold(run);
        }
        else
        {
            DeactivateOnIdle();
        }
    }

    private void Hold(ActiveRun run)
    {
        _run = run;
        _isHandover = false;
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        run.OnTransition = () => _checkpoint!.Request(run);
        _checkpoint!.Request(run);
        _net!.Spread();
        FollowAsync(run).Ignore();
    }

    /// <summary>The activation ends with its run: with the end of the run, or of its stay here.</summary>
    private async Task FollowAsync(ActiveRun run)
    {
        await run.Completion;
        run.OnTransition = null;
        _run = null;
        if (run.HasFailed)
        {
            _checkpoint!.Request(run);
        }

        if (run.State.Status.IsEnded())
        {
            _checkpoint!.Request(run);
            await _net!.RemoveAsync();
        }

        DelayDeactivation(TimeSpan.Zero);
        DeactivateOnIdle();
    }

    private async Task LetGoAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        run.StopSoon();
        try
        {
            await run.Completion.WaitAsync(options.StopGrace, host.Services.Clock, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            run.StopNow();
            await run.Completion;
        }

        _checkpoint!.Request(run);
    }

    /// <summary>
    /// The epoch of the activation that wrote last, where its silo is another one that is well and a member: should the run be taken from it
    /// without its having let go, it has not died of it. A silo that the others have declared dead has.
    /// </summary>
    private long? LivingOwner() =>
        stored.State.Silo is { } silo && SiloAddress.FromParsableString(silo) is var owner && !owner.Equals(here.SiloAddress)
            && membership.CurrentSnapshot.GetSiloStatus(owner) == SiloStatus.Active
            ? stored.State.Epoch
            : null;

    private async Task<bool> HasEndedAsync() =>
        stored.State.HasEnded || await host.Services.Journal.FindAsync(_id) is not { } summary || summary.Status.IsEnded();
}
