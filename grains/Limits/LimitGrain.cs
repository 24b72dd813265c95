using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;
using Orleans.Concurrency;
using Orleans.Storage;

namespace Orchestrator.Grains.Limits;

/// <summary>
/// Counts a limit for the whole cluster. Where it is activated anew it asks all silos what they hold; only the day's neurons are kept in a
/// storage, about a second late.
/// </summary>
[Reentrant]
[GrainType("limit")]
internal sealed class LimitGrain(
    EngineOptions engine,
    TimeProvider clock,
    RunGrainOptions options,
    TurnHolders holders,
    [PersistentState("budget", RunGrainOptions.GrainStorage)] IPersistentState<BudgetState> stored,
    ILogger<LimitGrain> log) : Grain, ILimitGrain
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private LimitCount? _count;

    private LimitCount Count => _count ?? throw new InvalidOperationException("Not active.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var limit = this.GetPrimaryKeyString();
        var count = new LimitCount(engine.Limits, options.TurnLease, clock);
        count.TakeUp(new NeuronsSpent(stored.State.Day, stored.State.Spent, stored.State.IsRefused));
        count.TakeUp(await holders.HeldAsync(limit, clock));
        log.TookUp(limit, count.Open);
        _count = count;
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions { DueTime = Beat, Period = Beat, Interleave = true });
    }

    public Task<TurnReply> AskAsync(TurnAsk ask) => Count.AskAsync(ask);

    public Task<TurnReply> WaitAsync(TurnAsk ask, TimeSpan wait) => Count.WaitAsync(ask, wait);

    public Task LeaveAsync(TurnAsk ask) => Count.LeaveAsync(ask);

    public Task ReportAsync(TurnReport report)
    {
        Count.Report(report);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => KeepAsync();

    private async Task TickAsync()
    {
        await Count.ExpireAsync();
        await KeepAsync();
    }

    private async Task KeepAsync()
    {
        var spent = _count?.Spent ?? default;
        if (spent == new NeuronsSpent(stored.State.Day, stored.State.Spent, stored.State.IsRefused) || spent is { Neurons: 0, IsRefused: false })
        {
            return;
        }

        stored.State = new BudgetState { Day = spent.Day, Spent = spent.Neurons, IsRefused = spent.IsRefused };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Another activation has written; this one has the same from what silos hold, and writes at its next beat.
            await stored.ReadStateAsync();
        }
        catch (Exception refused)
        {
            stored.State = new BudgetState();
            log.NotKept(this.GetPrimaryKeyString(), refused.Message);
        }
    }
}
