namespace Orchestrator.Engine.Turns;

/// <summary>
/// The neurons of the account's day, which ends at 00:00 UTC. What is under way is reserved by estimate, so that many runs together do
/// not each find room; the last of a day may go over it. Thread-safe.
/// </summary>
/// <param name="perDay">The budget; 0 is none.</param>
internal sealed class NeuronBudget(double perDay)
{
    private const long DayMs = 86_400_000;

    private readonly Lock _lock = new();
    private long _day;
    private double _spent;
    private double _reserved;
    private bool _refused;

    public double PerDay => perDay;

    /// <summary>When the day began; Unix milliseconds.</summary>
    public static long DayOf(long now) => now / DayMs * DayMs;

    /// <summary>When there is room; Unix milliseconds, now where there is room now.</summary>
    public long FreeAt(long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            return _refused || (perDay > 0 && _spent + _reserved >= perDay) ? (_day + 1) * DayMs : now;
        }
    }

    /// <summary>Spent and reserved today.</summary>
    public double Taken(long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            return _spent + _reserved;
        }
    }

    /// <summary>As of the day that the clock was last seen in.</summary>
    public NeuronsSpent Spent
    {
        get
        {
            lock (_lock)
            {
                return new NeuronsSpent(_day, _spent, _refused);
            }
        }
    }

    /// <summary>Goes on from what an earlier count has spent; that of another day does not matter.</summary>
    public void TakeUp(NeuronsSpent earlier, long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            if (earlier.Day == _day)
            {
                _spent += earlier.Neurons;
                _refused |= earlier.IsRefused;
            }
        }
    }

    public void Reserve(double estimate, long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            _reserved += estimate;
        }
    }

    /// <summary>In place of what was reserved. What spans midnight counts for the day on which it ends.</summary>
    public void Settle(double estimate, double spent, long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            _reserved = Math.Max(0, _reserved - estimate);
            _spent += spent;
        }
    }

    /// <summary>The account's own count says that nothing is left today.</summary>
    public void Refused(long now)
    {
        lock (_lock)
        {
            Turn_NeedsLock(now);
            _refused = true;
        }
    }

    private void Turn_NeedsLock(long now)
    {
        var day = now / DayMs;
        if (day > _day)
        {
            (_day, _spent, _refused) = (day, 0, false);
        }
    }
}
