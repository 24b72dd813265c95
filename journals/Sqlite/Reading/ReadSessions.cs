using System.Collections.Concurrent;
using Orchestrator.Journals.Sqlite.Native;

namespace Orchestrator.Journals.Sqlite.Reading;

/// <summary>The reading connections: as many as there ever were reads at the same time.</summary>
internal sealed class ReadSessions(Func<SqliteDatabase> open) : IDisposable
{
    private readonly ConcurrentBag<ReadSession> _free = [];
    private volatile bool _disposed;

    public T Read<T>(Func<ReadSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStorage));
        if (!_free.TryTake(out var session))
        {
            session = new ReadSession(open());
        }

        try
        {
            return read(session);
        }
        finally
        {
            _free.Add(session);
            if (_disposed)
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
