using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>
/// The one thread of this process that writes. SQLite has one writer at a time anyway; a queue in front of it waits better than its lock
/// does. Urgent work goes first; background work must be small, and gets a turn at the latest after <see cref="Patience"/>.
/// </summary>
internal sealed class WriterThread : IAsyncDisposable
{
    /// <summary>Milliseconds. With slices of half a millisecond, background work takes at most a tenth of a busy writer.</summary>
    private const int Patience = 5;

    private readonly object _gate = new();
    private readonly Queue<WriteWork> _urgent = [];
    private readonly Queue<WriteWork> _background = [];
    private readonly WriteSession _session;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastBackground;
    private bool _stopping;

    public WriterThread(WriteSession session)
    {
        _session = session;
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.Start();
    }

    /// <summary>
    /// Runs work on the thread. What awaits it goes on there too, so that a committer that loops costs no change of threads; it must not
    /// block.
    /// </summary>
    public Task<T> RunInlineAsync<T>(Func<WriteSession, T> work) => Enqueue(_urgent, new WriteWork<T>(work, TaskCreationOptions.None));

    public Task<T> RunAsync<T>(Func<WriteSession, T> work) =>
        Enqueue(_urgent, new WriteWork<T>(work, TaskCreationOptions.RunContinuationsAsynchronously));

    public Task<T> RunInBackgroundAsync<T>(Func<WriteSession, T> work) =>
        Enqueue(_background, new WriteWork<T>(work, TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Stops after what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        await _ended.Task;
    }

    private Task<T> Enqueue<T>(Queue<WriteWork> queue, WriteWork<T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(SqliteStorage));
            queue.Enqueue(work);
            Monitor.Pulse(_gate);
        }

        return work.Task;
    }

    private void Run()
    {
        while (Next() is { } work)
        {
            work.Run(_session);
        }

        _session.Dispose();
        _ended.SetResult();
    }

    private WriteWork? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                var now = Environment.TickCount64;
                if (_background.Count > 0 && (_urgent.Count == 0 || now - _lastBackground >= Patience))
                {
                    _lastBackground = now;
                    return _background.Dequeue();
                }

                if (_urgent.TryDequeue(out var work))
                {
                    return work;
                }

                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }
        }
    }
}
