using System.Text;

namespace Orchestrator.Client.Tests.Kit;

/// <summary>Keeps what is written, and lets a test wait for it.</summary>
internal sealed class WatchedStream : MemoryStream
{
    private readonly Lock _lock = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public string Content
    {
        get
        {
            lock (_lock)
            {
                return Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length);
            }
        }
    }

    public Task ContainsAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((text, seen));
            Notify();
        }

        return seen.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            base.Write(buffer, offset, count);
            Notify();
        }
    }

    // The base class would come back to the other overload, and so on for ever.
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    private void Notify()
    {
        var content = Content;
        foreach (var (_, seen) in _awaited.Where(awaited => content.Contains(awaited.Text, StringComparison.Ordinal)))
        {
            seen.TrySetResult();
        }
    }
}
