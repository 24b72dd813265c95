using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Sqlite.Native;
using SQLitePCL;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>
/// Keeps SQLite's write-ahead log bounded without making commits wait: copies it into the database on a connection of its own while commits
/// go on, and only when it has reached its limit, and nearly all is copied, copies the rest between two commits, so that the log starts over.
/// </summary>
internal sealed partial class WriteAheadLog : IAsyncDisposable
{
    /// <summary>A transaction writes some pages of trees besides its data.</summary>
    private const int OverheadPages = 6;

    /// <summary>What the copying between two commits may leave for itself, in bytes.</summary>
    private const int Rest = 1 << 20;

    private const int MaxPasses = 4;
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(20);

    private readonly SqliteDatabase _database;
    private readonly WriterThread _writer;
    private readonly long _limit;
    private readonly TimeSpan _busyTimeout;
    private readonly long _pageBytes;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _written;

    public WriteAheadLog(SqliteDatabase database, WriterThread writer, SqliteJournalOptions options, ILogger logger)
    {
        _database = database;
        _writer = writer;
        _limit = options.WriteAheadLogBytes;
        _busyTimeout = options.BusyTimeout;
        _logger = logger;
        database.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL");
        _pageBytes = PageBytes(database);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Told after each copying beside commits, which goes on when this has been waited for.</summary>
    internal Func<Task>? Copied { get; set; }

    /// <summary>Counts a transaction.</summary>
    public void Wrote(long bytes)
    {
        var step = _limit / 4;
        var added = bytes + (OverheadPages * _pageBytes);
        var total = Interlocked.Add(ref _written, added);
        if (total / step != (total - added) / step)
        {
            _wake.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _wake.Dispose();
        _database.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token);
                await TryCopyAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async ValueTask TryCopyAsync()
    {
        try
        {
            var (frames, copied) = await CopyAsync();
            if (frames * _pageBytes < _limit)
            {
                return;
            }

            for (var pass = 1; pass < MaxPasses && (frames - copied) * _pageBytes > Rest; pass++)
            {
                (frames, copied) = await CopyAsync();
            }

            await _writer.RunAsync(StartOver);
        }
        catch (Exception e) when (e is JournalUnavailableException or ObjectDisposedException)
        {
            LogPostponed(_logger, e.Message);
        }
    }

    private async ValueTask<(int Frames, int Copied)> CopyAsync()
    {
        var state = _database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        if (Copied is { } copied)
        {
            await copied();
        }

        return state;
    }

    private static long PageBytes(SqliteDatabase database)
    {
        using var statement = database.Prepare("PRAGMA page_size");
        using var rows = statement.Query();
        return rows.Read() ? rows.GetInt64(0) : throw new InvalidDataException($"{database.Path} does not tell its page size.");
    }

    private bool StartOver(WriteSession session)
    {
        session.Database.SetBusyTimeout(ReaderPatience);
        try
        {
            session.Database.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        }
        finally
        {
            session.Database.SetBusyTimeout(_busyTimeout);
        }

        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "SQLite's write-ahead log is emptied later: {Reason}")]
    private static partial void LogPostponed(ILogger logger, string reason);
}
