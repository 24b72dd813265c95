namespace Orchestrator.Gateway;

/// <summary>
/// Tells who reads a body whether to ask with an empty buffer first, so that none is held while nothing comes. The question costs a system call
/// for each answer: where the last one came a moment ago the next will as well, and it is spared. The first after a silence is always asked.
/// </summary>
/// <param name="time">Of the moments between two reads.</param>
internal struct ReadPace(TimeProvider time)
{
    /// <summary>From read to read. Whoever reads a stream at this pace or a faster one keeps a buffer.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private long? _before;

    /// <summary>Of the read that begins now. At the first there is nothing to tell a pace by: it is slow.</summary>
    public bool IsSlow()
    {
        var (before, now) = (_before, time.GetTimestamp());
        _before = now;
        return before is not { } last || time.GetElapsedTime(last, now) > Moment;
    }
}
