using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Limits;

/// <summary>
/// The turns that this silo holds of one limit. What becomes of them is reported to the grain at once, one report at a time; while some are
/// open a report at every third of the lease says so. Thread-safe.
/// </summary>
/// <param name="key">The limit.</param>
/// <param name="grain">Which counts it.</param>
/// <param name="here">This silo.</param>
/// <param name="lease">How long the grain waits for a report.</param>
/// <param name="window">For how long a turn that has been answered is remembered.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">Where reports that fail are told.</param>
internal sealed class Holdings(
    string key, ILimitGrain grain, SiloAddress here, TimeSpan lease, TimeSpan window, TimeProvider clock, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, GrantedTurn> _turns = [];
    private readonly HashSet<GrantedTurn> _changed = [];
    private TaskCompletionSource _news = NewSignal();
    private bool _isReporting;

    public ITurn Take(TurnAsk ask, long takenAt)
    {
        lock (_lock)
        {
            var turn = new GrantedTurn(ask, takenAt, this);
            _turns.Add(ask.Turn, turn);
            if (!_isReporting)
            {
                _isReporting = true;
                Task.Run(ReportAsync).Ignore();
            }

            return turn;
        }
    }

    /// <param name="turn">One of them.</param>
    /// <param name="change">Told the time; answers whether it changed something.</param>
    public void Change(GrantedTurn turn, Func<long, bool> change)
    {
        lock (_lock)
        {
            if (change(Now()))
            {
                _changed.Add(turn);
                _news.TrySetResult();
            }
        }
    }

    /// <summary>Those that count. One whose end the grain has not heard of is open: a report will tell it.</summary>
    public HeldTurn[] Held()
    {
        lock (_lock)
        {
            Forget_NeedsLock();
            return [.. _turns.Values.Where(static turn => turn.Outcome != TurnOutcome.GivenBack || !turn.IsTold)
                .Select(static turn => turn.ToHeld(turn.IsTold ? turn.Outcome : TurnOutcome.Open))];
        }
    }

    private async Task ReportAsync()
    {
        var backoff = new CallBackoff(clock);
        while (await NextAsync() is { } report)
        {
            try
            {
                await grain.ReportAsync(report).WaitAsync(lease, clock);
                backoff.Reset();
                Told(report);
            }
            catch (Exception failure) when (GrainFaults.IsPassing(failure))
            {
                log.NotAsked(key, failure.Message);
                await backoff.WaitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>When there is something to tell; null when nothing is held any more.</summary>
    private async Task<TurnReport?> NextAsync()
    {
        Task news;
        lock (_lock)
        {
            news = _news.Task;
        }

        await news.WaitAsync(lease / 3, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _news = NewSignal();
            Forget_NeedsLock();
            var open = _turns.Values.Where(static turn => turn.Outcome == TurnOutcome.Open).Select(static turn => turn.Ask.Turn).ToArray();
            if (open.Length == 0 && _changed.Count == 0)
            {
                _isReporting = false;
                return null;
            }

            return new TurnReport { Holder = here, Changed = [.. _changed.Select(static turn => turn.ToHeld(turn.Outcome))], Open = open };
        }
    }

    private void Told(TurnReport report)
    {
        lock (_lock)
        {
            foreach (var told in report.Changed)
            {
                var turn = _turns[told.Ask.Turn];
                turn.IsTold = told.Outcome != TurnOutcome.Open;
                if (turn.Outcome == told.Outcome && turn.AnsweredAt == told.AnsweredAt)
                {
                    _changed.Remove(turn);
                }
                else
                {
                    _news.TrySetResult();
                }
            }
        }
    }

    private void Forget_NeedsLock()
    {
        var before = Now() - (long)window.TotalMilliseconds;
        foreach (var (id, turn) in _turns)
        {
            if (turn.IsTold && !_changed.Contains(turn) && (turn.Outcome == TurnOutcome.GivenBack || turn.TakenAt < before))
            {
                _turns.Remove(id);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
