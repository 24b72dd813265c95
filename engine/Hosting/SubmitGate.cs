namespace Orchestrator.Engine.Hosting;

/// <summary>Lets submissions through until it is closed, and knows which of them are still under way. Thread-safe.</summary>
internal sealed class SubmitGate
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside;
    private bool _closed;

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>False: it is closed. Otherwise <see cref="Leave"/> must follow.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            _inside += _closed ? 0 : 1;
            return !_closed;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0 && _closed)
            {
                _empty.TrySetResult();
            }
        }
    }

    /// <summary>Completes when nobody is inside any more.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            if (_inside == 0)
            {
                _empty.TrySetResult();
            }
        }

        return _empty.Task;
    }
}
