using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Turns;

/// <summary>
/// The turns with one model: its window, the pause that the upstream asked for, the account's budget where the model costs neurons, and
/// the line of those who wait. After a refusal for the rate it lets one request through, and twice as many each time that goes well, within
/// what it has learned of the upstream's limit: where that is not known here, most runs wait rather than each be refused. Thread-safe.
/// </summary>
internal sealed class ModelLine : IDisposable
{
    /// <summary>Beyond as many at a time nothing is held back any more.</summary>
    private const int Recovered = 1_024;

    /// <summary>An upstream may ask for any wait: it is looked at again after this.</summary>
    private const long LongestTimerMs = 3_600_000;

    private readonly Lock _lock = new();
    private readonly TenantLines _line = new();
    private readonly string _model;
    private readonly RequestWindow? _window;
    private readonly LearnedWindow _learned = new();
    private readonly ModelNeurons? _neurons;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _order;
    private long _pausedUntil;
    private long _refusedAt;
    private int _allowed = int.MaxValue;
    private int _unanswered;

    /// <param name="model">Its name.</param>
    /// <param name="window">Null: no limit is known.</param>
    /// <param name="neurons">Null: it costs none.</param>
    /// <param name="clock">The clock.</param>
    public ModelLine(string model, RequestWindow? window, ModelNeurons? neurons, TimeProvider clock)
    {
        (_model, _window, _neurons, _clock) = (model, window, neurons, clock);
        _timer = clock.CreateTimer(static line => ((ModelLine)line!).Serve(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nothing is lost with it.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                var now = Now();
                return _line.Count == 0 && _unanswered == 0 && _pausedUntil <= now && _window?.IsEmpty(now) != false;
            }
        }
    }

    /// <param name="requests">Of another process, in the order in which they were sent.</param>
    public void Restore(IReadOnlyList<PastRequest> requests)
    {
        lock (_lock)
        {
            var now = Now();
            if (_window is not null)
            {
                foreach (var request in requests.Where(request => _window.Holds(request.SentAt, request.AnsweredAt, now)).TakeLast(_window.Limit))
                {
                    _window.Take(new LocalTurn(this, request.SentAt, neurons: 0) { AnsweredAt = request.AnsweredAt ?? long.MaxValue });
                }
            }

            foreach (var request in requests.Where(request => _neurons is not null && (request.EndedAt ?? now) >= NeuronBudget.DayOf(now)))
            {
                Restore_NeedsLock(request, now);
            }
        }
    }

    public TurnAnswer Ask(TurnRequest request)
    {
        lock (_lock)
        {
            var now = Now();
            return _line.Count == 0 && FreeAt_NeedsLock(now) <= now
                ? new TurnAnswer(Take_NeedsLock(now), null)
                : new TurnAnswer(null, Wait_NeedsLock(_line.Ahead(request.Tenant, (request.CreatedAt, long.MaxValue)), now));
        }
    }

    public PlaceInLine Enter(TurnRequest request, CancellationToken leave)
    {
        PlaceInLine place;
        lock (_lock)
        {
            place = new PlaceInLine(this, request, _order++);
            _line.Enqueue(place);
            Serve_NeedsLock();
        }

        if (!place.Turn.IsCompleted)
        {
            place.Leaving = leave.UnsafeRegister(static (place, token) => ((PlaceInLine)place!).Leave(token), place);
        }

        return place;
    }

    public void Leave(PlaceInLine place, CancellationToken token)
    {
        lock (_lock)
        {
            if (_line.Remove(place))
            {
                place.Cancel(token);
            }
        }
    }

    public TurnWait Look(PlaceInLine place)
    {
        lock (_lock)
        {
            return Wait_NeedsLock(_line.Ahead(place.Request.Tenant, place.Rank), Now());
        }
    }

    public void Answered(LocalTurn turn, GatewayError? refusal)
    {
        lock (_lock)
        {
            if (turn.IsAnswered)
            {
                return;
            }

            var now = Now();
            turn.AnsweredAt = now;
            turn.IsRefused = refusal is not null;
            _unanswered--;
            if (refusal is { Code: ErrorCodes.RateLimit })
            {
                Refused_NeedsLock(turn, refusal, now);
            }
            else if (_allowed < int.MaxValue && turn.TakenAt >= _refusedAt)
            {
                _allowed = _allowed * 2 >= Recovered ? int.MaxValue : _allowed * 2;
            }

            Serve_NeedsLock();
        }
    }

    public void GiveBack(LocalTurn turn)
    {
        lock (_lock)
        {
            _unanswered -= turn.IsAnswered ? 0 : 1;
            turn.IsRefused = true;
            _window?.Remove(turn);
            _learned.Remove(turn);
            _neurons?.Budget.Settle(turn.Neurons, 0, Now());
            Serve_NeedsLock();
        }

        _neurons?.Freed();
    }

    public void Close(LocalTurn turn, TokenCounts? used)
    {
        lock (_lock)
        {
            var now = Now();
            if (!turn.IsAnswered)
            {
                turn.AnsweredAt = now;
                _unanswered--;
            }

            _neurons?.Budget.Settle(turn.Neurons, turn.IsRefused ? 0 : _neurons.Of(used), now);
            Serve_NeedsLock();
        }

        _neurons?.Freed();
    }

    public LocalTurn TakeUp(long takenAt, long answeredAt, bool isOpen)
    {
        lock (_lock)
        {
            var now = Now();
            var turn = new LocalTurn(this, takenAt, isOpen ? _neurons?.Estimate ?? 0 : 0);
            if (answeredAt > 0 || !isOpen)
            {
                turn.AnsweredAt = answeredAt > 0 ? answeredAt : now;
            }
            else
            {
                _unanswered++;
            }

            _window?.TakeUp(turn, now);
            _neurons?.Budget.Reserve(turn.Neurons, now);
            return turn;
        }
    }

    /// <summary>Looks whether there is room now.</summary>
    public void Serve()
    {
        lock (_lock)
        {
            Serve_NeedsLock();
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Turns for as many as there is room for; the timer for the next.</summary>
    private void Serve_NeedsLock()
    {
        var now = Now();
        while (_line.Count > 0)
        {
            var due = FreeAt_NeedsLock(now);
            if (due > now && _neurons is { OverBudget: OverBudget.Fail } && _neurons.Budget.FreeAt(now) > now)
            {
                _line.Dequeue().Complete(null);
                continue;
            }

            if (due > now)
            {
                if (due < long.MaxValue)
                {
                    _timer.Change(TimeSpan.FromMilliseconds(Math.Min(due - now, LongestTimerMs)), Timeout.InfiniteTimeSpan);
                }

                return;
            }

            _line.Dequeue().Complete(Take_NeedsLock(now));
        }
    }

    private void Restore_NeedsLock(PastRequest request, long now)
    {
        if (request.SaidSpent)
        {
            _neurons!.Budget.Refused(now);
        }
        else if (!request.IsRefused)
        {
            _neurons!.Budget.Settle(0, _neurons.Of(request.Used), now);
        }
    }

    private LocalTurn Take_NeedsLock(long now)
    {
        var turn = new LocalTurn(this, now, _neurons?.Estimate ?? 0);
        _window?.Take(turn);
        _learned.Take(turn, now);
        _neurons?.Budget.Reserve(turn.Neurons, now);
        _unanswered++;
        return turn;
    }

    private void Refused_NeedsLock(LocalTurn turn, GatewayError refusal, long now)
    {
        if (_neurons is not null && refusal.UpstreamCode == ModelNeurons.AllocationSpent)
        {
            _neurons.Budget.Refused(now);
            return;
        }

        _refusedAt = now;
        _allowed = 1;
        if (refusal.RetryAfter is { } wait)
        {
            var until = now + (long)wait.TotalMilliseconds;
            _pausedUntil = Math.Max(_pausedUntil, until);
            _learned.Refused(turn, now, until);
        }
    }

    /// <summary>When the next may go, those who wait left aside; the end of time where an answer must come first.</summary>
    private long FreeAt_NeedsLock(long now)
    {
        if (_unanswered >= _allowed)
        {
            return long.MaxValue;
        }

        var free = Math.Max(Math.Max(_pausedUntil, _window?.FreeAt(now) ?? now), _learned.Current(now)?.FreeAt(now) ?? now);
        return _neurons is null ? free : Math.Max(free, _neurons.Budget.FreeAt(now));
    }

    private TurnWait Wait_NeedsLock(int ahead, long now)
    {
        if (_neurons is not null && _neurons.Budget.FreeAt(now) is var day && day > now)
        {
            return _neurons.Wait(_model, day, ahead, now);
        }

        var window = _window?.FreeAt(now, ahead) ?? now;
        var refused = Math.Max(_pausedUntil, _learned.Current(now)?.FreeAt(now, ahead) ?? now);
        if (refused > window || (_window is null && _unanswered >= _allowed))
        {
            long? until = refused > now ? refused : null;
            return new TurnWait(TurnLimits.RetryAfter, $"{_model} refused a request for the rate of requests, and is asked again as it allows.", until, ahead);
        }

        return new TurnWait(TurnLimits.Requests, Requests(), window > now ? window : null, ahead);
    }

    private string Requests() => _window is null
        ? $"Others go first with {_model}."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{_model} takes {_window.Limit} requests in {_window.WindowMs / 1000.0} s, and these are used.");

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
