using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Committing;

/// <summary>
/// The segments this writer appends to, one after the other. Used by the committer alone. The next segment is registered, and ownership
/// re-read after that, before the current one is full, so that rolling costs a commit nothing.
/// </summary>
internal sealed class OwnLog(IJournalStorage storage, LogIndex index, WriterId writer, JournalOptions options)
{
    private int _sequence;
    private int _blocks;
    private long _acquired;
    private Task<Registration>? _next;

    public LogSegment? Segment { get; private set; }

    /// <summary>Where the next block begins.</summary>
    public int Position { get; private set; }

    public WriterId Writer => writer;

    private bool IsFull => Position >= options.SegmentBytes || _blocks >= storage.MaxBlocksPerSegment;

    private bool IsNearlyFull => Position >= options.SegmentBytes / 4 * 3 || _blocks >= storage.MaxBlocksPerSegment / 4 * 3;

    /// <summary>Stamps a writer that has just been given its run, durably.</summary>
    public void Acquired(RunWriter run) => run.AcquiredAt = Interlocked.Increment(ref _acquired);

    /// <summary>
    /// Registers a segment where there is none, and only then looks which runs are still this writer's: whoever claimed one meanwhile
    /// either lists the new segment or is seen here. Answers the writers that lost their runs.
    /// </summary>
    public async ValueTask<IReadOnlyList<RunWriter>> OpenAsync()
    {
        var next = _next ?? RegisterAsync();
        _next = null;
        var registration = await next;
        Segment = registration.Segment;
        Position = 0;
        _blocks = 0;
        var lost = new List<RunWriter>();
        foreach (var run in index.Writers())
        {
            if (run.AcquiredAt <= registration.AcquiredBefore && !(registration.Owned.TryGetValue(run.Id, out var epoch) && epoch == run.Epoch))
            {
                lost.Add(run);
            }
        }

        return lost;
    }

    /// <summary>Counts a block that was committed. Answers a segment that is full with it.</summary>
    public LogSegment? Advance(int bytes)
    {
        Position += bytes;
        _blocks++;
        if (IsFull)
        {
            return Leave();
        }

        if (_next is null && IsNearlyFull)
        {
            _next = RegisterAsync();
        }

        return null;
    }

    /// <summary>Stops appending to the segment.</summary>
    public LogSegment? Leave()
    {
        var segment = Segment;
        Segment = null;
        return segment;
    }

    private async Task<Registration> RegisterAsync()
    {
        var segment = index.GetSegment(new SegmentId(writer, ++_sequence));
        await storage.CreateSegmentAsync(segment.Id);
        segment.Registered = true;
        var acquiredBefore = Interlocked.Read(ref _acquired);
        return new Registration(segment, acquiredBefore, await storage.ListOwnedAsync(writer));
    }

    private sealed record Registration(LogSegment Segment, long AcquiredBefore, IReadOnlyDictionary<RunId, long> Owned);
}
