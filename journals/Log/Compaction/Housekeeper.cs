using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Compaction;

/// <summary>
/// Looks after what nobody else does: segments whose writer or compactor died, and deleted entries in the segment that is being written.
/// </summary>
internal sealed partial class Housekeeper : IAsyncDisposable
{
    private readonly IJournalStorage _storage;
    private readonly LogIndex _index;
    private readonly LogScanner _scanner;
    private readonly Compactor _compactor;
    private readonly WriterId _self;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private Dictionary<SegmentInfo, long> _unchangedSince = [];

    public Housekeeper(
        IJournalStorage storage, LogIndex index, LogScanner scanner, Compactor compactor, WriterId self, JournalOptions options,
        TimeProvider time, ILogger logger)
    {
        _storage = storage;
        _index = index;
        _scanner = scanner;
        _compactor = compactor;
        _self = self;
        _options = options;
        _time = time;
        _logger = logger;
        _loop = RunAsync();
    }

    /// <summary>Makes the committer leave its segment if that has entries of deleted runs.</summary>
    public required Func<Task> RollDeletedAsync { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_options.HousekeepingInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryTickAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async ValueTask TryTickAsync()
    {
        try
        {
            await RollDeletedAsync();
            await AdoptAsync();
        }
        catch (JournalUnavailableException e)
        {
            LogPostponed(_logger, e.Message);
        }
        catch (InvalidDataException e)
        {
            LogDamaged(_logger, e);
        }
    }

    private async ValueTask AdoptAsync()
    {
        var now = _time.GetTimestamp();
        var unchanged = new Dictionary<SegmentInfo, long>();
        var adopted = new List<SegmentId>();
        foreach (var segment in await _scanner.ListAsync(_stop.Token))
        {
            var since = _unchangedSince.GetValueOrDefault(segment, now);
            unchanged.Add(segment, since);
            var patience = segment.Sealed ? _options.AdoptAfter : _options.SealIdleAfter;
            if ((segment.Sealed || segment.Id.Writer != _self) && _time.GetElapsedTime(since, now) >= patience)
            {
                adopted.Add(segment.Id);
            }
        }

        _unchangedSince = unchanged;
        if (adopted.Count > 0)
        {
            await _storage.SealAsync(adopted);
            await _scanner.CatchUpAsync(_stop.Token);
            foreach (var segment in adopted)
            {
                _compactor.Enqueue(_index.GetSegment(segment));
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Left-over segments are looked after later: {Reason}")]
    private static partial void LogPostponed(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Error, "A left-over segment is damaged")]
    private static partial void LogDamaged(ILogger logger, Exception error);
}
