using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Limits;

/// <summary>A run in the line of a limit's grain, which is asked again until the turn comes; a grain that has moved takes it in as before.</summary>
internal sealed class PlaceAtGrain(TurnAsk ask, ILimitGrain grain, Holdings holdings, TimeSpan callWait, TurnWait first, TimeProvider clock)
    : IPlaceInLine
{
    /// <summary>Of a call; what is shown of the wait is as old at most.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<ITurn?> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TurnWait _wait = first;

    public Task<ITurn?> Turn => _turn.Task;

    public TurnWait Look() => _wait;

    public void Start(CancellationToken leave) => Task.Run(() => StandAsync(leave), CancellationToken.None).Ignore();

    private async Task StandAsync(CancellationToken leave)
    {
        var backoff = new CallBackoff(clock);
        var step = TimeSpan.Zero;
        while (!leave.IsCancellationRequested)
        {
            try
            {
                var reply = await grain.WaitAsync(ask, step).WaitAsync(step + callWait, clock, leave);
                backoff.Reset();
                step = Step;
                if (reply.TakenAt > 0)
                {
                    _turn.TrySetResult(holdings.Take(ask, reply.TakenAt));
                    return;
                }

                _wait = LimitOfCluster.Wait(reply);
                if (reply.IsFinal)
                {
                    _turn.TrySetResult(null);
                    return;
                }
            }
            catch (Exception failure) when (GrainFaults.IsPassing(failure) && !leave.IsCancellationRequested)
            {
                // The grain is on its way to another silo.
                await backoff.WaitAsync(CancellationToken.None);
            }
            catch (OperationCanceledException) when (leave.IsCancellationRequested)
            {
                break;
            }
        }

        _turn.TrySetCanceled(leave);
        grain.LeaveAsync(ask).Ignore();
    }
}
