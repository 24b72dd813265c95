namespace Orchestrator.Grains.Tests.Kit;

/// <summary>One generation: its events are there from the start, and come when they are let.</summary>
internal sealed class SteppedGeneration(IReadOnlyList<byte[]> events)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _allowed;
    private int _open;

    public IReadOnlyList<byte[]> Events { get; } = events;

    public int Open => Volatile.Read(ref _open);

    public void Advance(int more)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            _allowed = (int)Math.Min(Events.Count, (long)_allowed + more);
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.SetResult();
    }

    /// <summary>How many events may come, and what completes when there are more.</summary>
    public (int Allowed, Task Moved) Look()
    {
        lock (_lock)
        {
            return (_allowed, _moved.Task);
        }
    }

    public SteppedStream Connect(int from)
    {
        Interlocked.Increment(ref _open);
        return new SteppedStream(this, from);
    }

    public void Closed() => Interlocked.Decrement(ref _open);
}
