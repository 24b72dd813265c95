using System.Text;
using System.Threading.Channels;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>A reader that gives what a test puts in, when it does. It checks what the port asks of its owner: one read at a time.</summary>
internal sealed class ScriptedReader : IRunReader
{
    private readonly Channel<ReaderRead> _reads = Channel.CreateUnbounded<ReaderRead>();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reading;
    private int _count;

    /// <summary>Completes when its owner has let go of it.</summary>
    public Task Disposed => _disposed.Task.WaitAsync(TimeSpan.FromMinutes(2));

    public bool WasMisused { get; private set; }

    /// <summary>Reads so far.</summary>
    public int Count => Volatile.Read(ref _count);

    public Exception? Failure { get; set; }

    public static ScriptedReader Of(params string[] data)
    {
        var reader = new ScriptedReader();
        foreach (var text in data)
        {
            reader.Data(text);
        }

        reader.End();
        return reader;
    }

    public void Data(string text) => Put(ReaderReadKind.Data, Encoding.UTF8.GetBytes(text));

    public void Data(byte[] bytes) => Put(ReaderReadKind.Data, bytes);

    public void Quiet() => Put(ReaderReadKind.Quiet, []);

    public void Moved() => Put(ReaderReadKind.Moved, []);

    public void End() => Put(ReaderReadKind.End, []);

    public async ValueTask<ReaderRead> ReadAsync(CancellationToken cancellationToken)
    {
        WasMisused |= Interlocked.Exchange(ref _reading, 1) == 1 || _disposed.Task.IsCompleted;
        Interlocked.Increment(ref _count);
        try
        {
            if (Failure is { } failure && !_reads.Reader.TryPeek(out _))
            {
                throw failure;
            }

            return await _reads.Reader.ReadAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    public void Dispose()
    {
        WasMisused |= Volatile.Read(ref _reading) == 1;
        _disposed.TrySetResult();
    }

    private void Put(ReaderReadKind kind, byte[] bytes) => _reads.Writer.TryWrite(new ReaderRead(kind, bytes));
}
