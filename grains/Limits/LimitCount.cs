using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Limits;

/// <summary>
/// The turns of one limit, and which silo holds which. What a silo that is gone held comes back when its lease ends: it may have been sent, so
/// that it counts in its window and in the budget as estimated. Not thread-safe; times are Unix milliseconds.
/// </summary>
internal sealed class LimitCount(LimitOptions limits, TimeSpan lease, TimeProvider clock)
{
    private readonly LocalTurns _turns = new(limits, clock);
    private readonly Dictionary<Guid, HeldByGrain> _held = [];
    private readonly Dictionary<Guid, PlaceOfSilo> _line = [];
    private readonly Dictionary<SiloAddress, long> _heardOf = [];
    private readonly long _leaseMs = (long)lease.TotalMilliseconds;

    /// <summary>Turns that silos hold now.</summary>
    public int Open => _held.Values.Count(static held => held.EndedAt is null);

    /// <summary>Of the day's budget.</summary>
    public NeuronsSpent Spent => _turns.Spent;

    /// <summary>Before the first turn: what was spent of the day, as it was kept.</summary>
    public void TakeUp(NeuronsSpent spent) => _turns.TakeUp(spent);

    /// <summary>Before the first turn: what silos hold, or have sent so lately that it counts, from the time of an earlier count.</summary>
    public void TakeUp(IEnumerable<HeldTurn> turns)
    {
        foreach (var turn in turns.OrderBy(static turn => turn.TakenAt))
        {
            Hear(turn.Ask.Holder);
            if (!_held.ContainsKey(turn.Ask.Turn))
            {
                Restore(turn);
            }
        }
    }

    public async Task<TurnReply> AskAsync(TurnAsk ask)
    {
        Hear(ask.Holder);
        if (_held.TryGetValue(ask.Turn, out var held))
        {
            return Granted(held);
        }

        var answer = await _turns.AskAsync(Request(ask));
        return answer.Turn is { } turn ? Granted(Hold(ask, turn)) : Waiting(answer.Wait!);
    }

    public async Task<TurnReply> WaitAsync(TurnAsk ask, TimeSpan wait)
    {
        Hear(ask.Holder);
        if (_held.TryGetValue(ask.Turn, out var held))
        {
            return Granted(held);
        }

        if (!_line.TryGetValue(ask.Turn, out var place))
        {
            place = new PlaceOfSilo(ask, leave => _turns.Enter(Request(ask), leave));
            _line.Add(ask.Turn, place);
        }

        place.Asking++;
        if (!place.Line.Turn.IsCompleted && wait > TimeSpan.Zero)
        {
            await ((Task)place.Line.Turn).WaitAsync(wait, clock)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        place.Asking--;
        place.AskedAt = Now();
        return await ClaimAsync(place);
    }

    public async Task LeaveAsync(TurnAsk ask)
    {
        if (_line.Remove(ask.Turn, out var place))
        {
            await place.LeaveAsync();
        }
        else if (_held.TryGetValue(ask.Turn, out var held))
        {
            // The answer that brought it was not waited for.
            End(held, static turn => turn.GiveBack());
        }
    }

    public void Report(TurnReport report)
    {
        Hear(report.Holder);
        foreach (var turn in report.Changed)
        {
            Apply(turn);
        }

        var open = report.Open.ToHashSet();
        var before = Now() - _leaseMs;
        foreach (var held in _held.Values)
        {
            if (held.EndedAt is null && held.TakenAt < before && held.Ask.Holder.Equals(report.Holder) && !open.Contains(held.Ask.Turn))
            {
                // The answer that brought it was lost.
                End(held, static turn => turn.GiveBack());
            }
        }
    }

    /// <summary>Takes back what belongs to silos that have not been heard of for the lease.</summary>
    public async Task ExpireAsync()
    {
        var before = Now() - _leaseMs;
        foreach (var place in _line.Values.Where(place => place.Asking == 0 && place.AskedAt < before).ToList())
        {
            _line.Remove(place.Ask.Turn);
            await place.LeaveAsync();
        }

        foreach (var (id, held) in _held)
        {
            if (held.EndedAt is null && _heardOf.GetValueOrDefault(held.Ask.Holder) < before)
            {
                End(held, static turn => turn.Close(null));
            }

            if (held.EndedAt < before)
            {
                _held.Remove(id);
            }
        }

        foreach (var (silo, heardAt) in _heardOf)
        {
            if (heardAt < before)
            {
                _heardOf.Remove(silo);
            }
        }
    }

    private void Apply(HeldTurn told)
    {
        if (!_held.TryGetValue(told.Ask.Turn, out var held))
        {
            if (told.Outcome == TurnOutcome.GivenBack)
            {
                return;
            }

            // It was taken from an earlier count, which this one did not hear of.
            held = Restore(told);
        }

        if (held.EndedAt is not null)
        {
            return;
        }

        if (told.AnsweredAt > 0)
        {
            held.Turn.Answered(Refusal(told));
        }

        switch (told.Outcome)
        {
            case TurnOutcome.GivenBack:
                End(held, static turn => turn.GiveBack());
                break;
            case TurnOutcome.Closed:
                var used = told.InputTokens is null && told.OutputTokens is null
                    ? null
                    : new TokenCounts { InputTokens = told.InputTokens, OutputTokens = told.OutputTokens };
                End(held, turn => turn.Close(used));
                break;
        }
    }

    /// <summary>One that is over counts in its window only: what it spent is in the budget.</summary>
    private HeldByGrain Restore(HeldTurn told)
    {
        var turn = _turns.TakeUp(Request(told.Ask), told.TakenAt, told.AnsweredAt, isOpen: told.Outcome == TurnOutcome.Open);
        var held = new HeldByGrain(told.Ask, turn, told.TakenAt) { EndedAt = told.Outcome == TurnOutcome.Open ? null : Now() };
        _held.Add(told.Ask.Turn, held);
        return held;
    }

    private async ValueTask<TurnReply> ClaimAsync(PlaceOfSilo place)
    {
        if (_held.TryGetValue(place.Ask.Turn, out var held))
        {
            return Granted(held);
        }

        if (!place.Line.Turn.IsCompletedSuccessfully || !_line.Remove(place.Ask.Turn))
        {
            return Waiting(place.Line.Look());
        }

        return await place.Line.Turn is { } turn ? Granted(Hold(place.Ask, turn)) : Waiting(place.Line.Look());
    }

    private HeldByGrain Hold(TurnAsk ask, ITurn turn)
    {
        var held = new HeldByGrain(ask, turn, Now());
        _held.Add(ask.Turn, held);
        return held;
    }

    private void End(HeldByGrain held, Action<ITurn> end)
    {
        held.EndedAt = Now();
        end(held.Turn);
    }

    private void Hear(SiloAddress silo) => _heardOf[silo] = Now();

    private static TurnReply Granted(HeldByGrain held) => new() { TakenAt = held.TakenAt };

    private static TurnReply Waiting(TurnWait wait) => new()
    {
        Limit = wait.Limit,
        Message = wait.Message,
        ExpectedAt = wait.ExpectedAt,
        Ahead = wait.Ahead,
        IsFinal = wait.IsFinal,
    };

    private static TurnRequest Request(TurnAsk ask) => new(RunId.Parse(ask.Run), ask.Tenant, ask.Model, ask.Task, ask.CreatedAt);

    private static GatewayError? Refusal(HeldTurn told) => told.Refusal is null ? null : new GatewayError
    {
        Code = told.Refusal,
        Message = "",
        UpstreamCode = told.UpstreamCode,
        RetryAfter = told.RetryAfter,
    };

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
