namespace Orchestrator.Engine.Turns;

/// <summary>
/// At most so many requests in any window of time. Each takes a place from its turn until a window after its answer: the other side
/// counts it somewhere in between, so that no clock and no delay on the way can make it one too many there. Not thread-safe.
/// </summary>
/// <param name="limit">Requests in a window.</param>
/// <param name="windowMs">Milliseconds.</param>
internal sealed class RequestWindow(int limit, long windowMs)
{
    /// <summary>A model that thinks for long before its first byte has counted the request long since.</summary>
    private readonly long _longestAnswerMs = Math.Max(2_000, windowMs / 10);

    private LocalTurn?[] _taken = new LocalTurn?[Math.Min(limit, 16)];
    private int _first;
    private int _count;

    public int Limit => limit;

    public long WindowMs => windowMs;

    public bool IsEmpty(long now)
    {
        Forget(now);
        return _count == 0;
    }

    /// <summary>When there is room for one more after that many others; Unix milliseconds, now or before where there is room now.</summary>
    public long FreeAt(long now, int after = 0)
    {
        Forget(now);
        var over = _count + after - limit;
        return over < 0 ? now : FreedAt(over % limit, now) + (windowMs * (over / limit));
    }

    /// <summary>Whether a request that was sent then still has its place.</summary>
    public bool Holds(long sentAt, long? answeredAt, long now) => FreedAt(sentAt, answeredAt ?? long.MaxValue) > now;

    public void Take(LocalTurn turn)
    {
        if (_count == _taken.Length)
        {
            Grow();
        }

        _taken[(_first + _count++) % _taken.Length] = turn;
    }

    /// <summary>One of an earlier count; where there are too many, the window is full with those that it has.</summary>
    public void TakeUp(LocalTurn turn, long now)
    {
        Forget(now);
        if (_count < limit && FreedAt(turn) > now)
        {
            Take(turn);
        }
    }

    /// <summary>A request that was never sent is not counted anywhere.</summary>
    public void Remove(LocalTurn turn)
    {
        var place = 0;
        while (place < _count && !ReferenceEquals(At(place), turn))
        {
            place++;
        }

        if (place == _count)
        {
            return;
        }

        for (; place < _count - 1; place++)
        {
            _taken[(_first + place) % _taken.Length] = At(place + 1);
        }

        _taken[(_first + --_count) % _taken.Length] = null;
    }

    private LocalTurn At(int place) => _taken[(_first + place) % _taken.Length]!;

    /// <summary>Places are freed in the order in which they were taken. One that does not exist yet is taken as soon as it can be.</summary>
    private long FreedAt(int place, long now) => place < _count ? FreedAt(At(place)) : now + windowMs;

    private long FreedAt(LocalTurn turn) => FreedAt(turn.TakenAt, turn.AnsweredAt);

    private long FreedAt(long takenAt, long answeredAt) => Math.Min(answeredAt, takenAt + _longestAnswerMs) + windowMs;

    private void Forget(long now)
    {
        while (_count > 0 && FreedAt(At(0)) <= now)
        {
            _taken[_first] = null;
            _first = (_first + 1) % _taken.Length;
            _count--;
        }
    }

    private void Grow()
    {
        var larger = new LocalTurn?[Math.Min(limit, _taken.Length * 2)];
        for (var place = 0; place < _count; place++)
        {
            larger[place] = At(place);
        }

        (_taken, _first) = (larger, 0);
    }
}
