namespace Orchestrator.Grains.Hosting;

/// <summary>
/// How many hand-overs may be under way at a time: one to begin with, one more after each that was quick, half as many after one that was
/// slow. A run that is handed over is silent until its next owner has it, and hand-overs that share the machines share its time as well.
/// Not thread-safe.
/// </summary>
internal sealed class HandOverPace
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);
    private const int Most = 256;

    private int _untilSlower;

    public int Window { get; private set; } = 1;

    /// <summary>One has been made.</summary>
    /// <param name="took">From its beginning until the next owner had the run.</param>
    public void Made(TimeSpan took)
    {
        _untilSlower = Math.Max(0, _untilSlower - 1);
        if (took <= Quick)
        {
            Window = Math.Min(Most, Window + 1);
        }
        else if (took >= Slow && _untilSlower == 0)
        {
            // Those that are under way began at the old pace, and say nothing of the new one.
            _untilSlower = Window;
            Window = Math.Max(1, Window / 2);
        }
    }

    /// <summary>There is no time left to be gentle.</summary>
    public void Hurry() => Window = Most;
}
