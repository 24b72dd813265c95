namespace Orchestrator.Engine.Turns;

/// <summary>
/// A limit that nobody has told: what the upstream took before it refused, in the time from there to when it wants to be asked again. Each
/// refusal corrects it; now and then it is tried whether there is more. Not thread-safe.
/// </summary>
internal sealed class LearnedWindow
{
    private const int MostRemembered = 1_000;
    private const long LongestMs = 60_000;
    private const long ProbeMs = 10_000;
    private const long ForgottenMs = 600_000;

    private readonly Queue<LocalTurn> _recent = new();
    private RequestWindow? _window;
    private long _refusedAt = long.MinValue;
    private long _resumedAt = long.MinValue;
    private long _from = long.MinValue;
    private long _probeAt;

    /// <summary>Null: nothing is known.</summary>
    public RequestWindow? Current(long now)
    {
        if (_window is { } window && now >= _probeAt)
        {
            var more = window.Limit + Math.Max(1, window.Limit / 4);
            Set(more > MostRemembered || now - _refusedAt > ForgottenMs ? 0 : more, window.WindowMs, now, now);
        }

        return _window;
    }

    public void Take(LocalTurn turn, long now)
    {
        while (_recent.Count >= MostRemembered || (_recent.TryPeek(out var oldest) && now - oldest.TakenAt > LongestMs))
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(turn);
        Current(now)?.Take(turn);
    }

    /// <summary>It was never sent.</summary>
    public void Remove(LocalTurn turn) => _window?.Remove(turn);

    /// <param name="turn">What was refused.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="freeAt">When the upstream wants to be asked again.</param>
    public void Refused(LocalTurn turn, long now, long freeAt)
    {
        if (turn.TakenAt > _refusedAt)
        {
            // Not of the same burst as the last refusal: what was taken since the upstream was asked again is what it takes.
            _from = _resumedAt;
        }

        _refusedAt = now;
        _resumedAt = freeAt;
        var taken = _recent.Where(each => !each.IsRefused && each.TakenAt >= _from).ToArray();
        if (taken.Length == 0)
        {
            return;
        }

        var windowMs = freeAt - taken[0].TakenAt;
        if (_window is null || windowMs <= _window.WindowMs)
        {
            Set(taken.Length, windowMs, now, freeAt);
        }
        else
        {
            var within = _recent.Count(each => !each.IsRefused && each.TakenAt > freeAt - _window.WindowMs);
            Set(Math.Max(1, within), _window.WindowMs, now, freeAt);
        }
    }

    private void Set(int limit, long windowMs, long now, long asOf)
    {
        _probeAt = now + Math.Max(ProbeMs, 5 * windowMs);
        _window = limit == 0 ? null : new RequestWindow(limit, windowMs);
        foreach (var turn in _recent.Where(turn => !turn.IsRefused && turn.TakenAt > asOf - windowMs).TakeLast(limit))
        {
            _window!.Take(turn);
        }
    }
}
