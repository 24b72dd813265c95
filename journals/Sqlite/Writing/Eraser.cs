using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>Frees the pages of dropped segments and deleted runs, in slices that are too short to be felt by a commit.</summary>
internal sealed partial class Eraser : IAsyncDisposable
{
    private const int MaxSlice = 1024;
    private static readonly TimeSpan Target = TimeSpan.FromMilliseconds(0.5);

    private readonly WriterThread _writer;
    private readonly WriteAheadLog _log;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wake = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _slice = 1;

    public Eraser(WriterThread writer, WriteAheadLog log, ILogger logger)
    {
        _writer = writer;
        _log = log;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    public void Wake() => _wake.Release();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // What a stop or a failure leaves is taken up with the next thing to erase, at the latest after the next start.
                await _wake.WaitAsync(_stop.Token);
                await EraseAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async ValueTask EraseAsync()
    {
        try
        {
            while (await _writer.RunInBackgroundAsync(EraseSlice))
            {
                _stop.Token.ThrowIfCancellationRequested();
                _log.Wrote(0);
            }
        }
        catch (JournalUnavailableException e)
        {
            LogPostponed(_logger, e.Message);
        }
    }

    private bool EraseSlice(WriteSession session)
    {
        var started = Stopwatch.GetTimestamp();
        var more = session.WithoutSync(() => session.Segments.Erase(_slice) || session.Chunks.Erase(_slice));
        var took = Stopwatch.GetElapsedTime(started);
        _slice = took > Target ? Math.Max(1, _slice / 2) : Math.Min(MaxSlice, _slice + 1);
        return more;
    }

    [LoggerMessage(1, LogLevel.Warning, "Deleted entries are erased later: {Reason}")]
    private static partial void LogPostponed(ILogger logger, string reason);
}
