using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Compaction;

/// <summary>
/// Moves the entries of segments that nobody appends to any more into the runs' files, and drops the segments. One segment at a time,
/// in any order; a crash in the middle is mended by doing it again.
/// </summary>
internal sealed partial class Compactor : IAsyncDisposable
{
    /// <summary>
    /// What is written at a time goes to the disk with the next commit, which is so much slower for it: 256 KiB now and then cost a
    /// commit less than many of them at once.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(8);

    private readonly IJournalStorage _storage;
    private readonly LogIndex _index;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly JournalInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Channel<LogSegment> _queue = Channel.CreateUnbounded<LogSegment>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>
    /// A segment after the other under load, none for hours without: the memory stays for the next one until a collection of the oldest
    /// generation comes by.
    /// </summary>
    private readonly WeakReference<SegmentMemory> _memory = new(new SegmentMemory());

    public Compactor(
        IJournalStorage storage, LogIndex index, JournalOptions options, TimeProvider time, JournalInstruments instruments, ILogger logger)
    {
        _storage = storage;
        _index = index;
        _options = options;
        _time = time;
        _instruments = instruments;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    public void Enqueue(LogSegment segment)
    {
        if (!segment.Queued)
        {
            segment.Queued = true;
            _queue.Writer.TryWrite(segment);
        }
    }

    /// <summary>Stops between two steps of the segment it is at.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var segment in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                while (!await TryCompactAsync(segment))
                {
                    await Task.Delay(_options.ProbeInterval, _time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What is left is done after the next start.
        }
    }

    /// <summary>False where it should be tried again.</summary>
    private async ValueTask<bool> TryCompactAsync(LogSegment segment)
    {
        try
        {
            await CompactAsync(segment, _stop.Token);
            return true;
        }
        catch (JournalUnavailableException e)
        {
            LogPostponed(_logger, segment.Id, e.Message);
            return false;
        }
        catch (InvalidDataException e)
        {
            // The damage must be looked at; the segment stays, and what is whole in it can be read.
            LogDamaged(_logger, e, segment.Id);
            return true;
        }
    }

    private async ValueTask CompactAsync(LogSegment segment, CancellationToken cancellationToken)
    {
        await _storage.SealAsync([segment.Id]);
        var contents = await SegmentContents.ReadAsync(_storage, segment.Id, Memory(), cancellationToken);
        using (var writer = new ChunkWriter(_storage, _options.ChunkBytes, PauseAsync))
        {
            foreach (var (run, parts) in contents.Runs)
            {
                await writer.AddAsync(run, parts, cancellationToken);
            }

            await writer.WriteAsync(cancellationToken);
            _instruments.Compacted(contents.Bytes);
        }

        _index.Forget(segment);
        await _storage.DropSegmentAsync(segment.Id);
        _index.Drop(segment);
        LogCompacted(_logger, segment.Id);
    }

    private SegmentMemory Memory()
    {
        if (!_memory.TryGetTarget(out var memory))
        {
            memory = new SegmentMemory();
            _memory.SetTarget(memory);
        }

        return memory;
    }

    /// <summary>Not while the next segment waits already. Real time on purpose: a clock that stands still must not stop compaction.</summary>
    private Task PauseAsync() => _queue.Reader.Count > 0 ? Task.CompletedTask : Task.Delay(Pause, TimeProvider.System, _stop.Token);

    [LoggerMessage(1, LogLevel.Debug, "Segment {Segment} is compacted")]
    private static partial void LogCompacted(ILogger logger, SegmentId segment);

    [LoggerMessage(2, LogLevel.Warning, "Segment {Segment} can not be compacted now: {Reason}")]
    private static partial void LogPostponed(ILogger logger, SegmentId segment, string reason);

    [LoggerMessage(3, LogLevel.Error, "Segment {Segment} is damaged and is left as it is")]
    private static partial void LogDamaged(ILogger logger, Exception error, SegmentId segment);
}
