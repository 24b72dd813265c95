using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// At most one wait on a stream, which may be under way while what was read before is committed. A stream must not be disposed under a
/// read: its buffers would go back to their pool while they are written to.
/// </summary>
internal sealed class ReadAhead(IEventStream events, ValueTask<StreamSignal> first, ConnectionWatch watch)
{
    private ValueTask<StreamSignal> _wait = first;
    private bool _pending = true;

    public ValueTask<StreamSignal> NextAsync()
    {
        _pending = false;
        return _wait;
    }

    /// <summary>Takes the signal only if it is there already.</summary>
    public bool TryNext(out StreamSignal signal)
    {
        if (!_pending || !_wait.IsCompletedSuccessfully)
        {
            signal = default;
            return false;
        }

        _pending = false;
#pragma warning disable VSTHRD002 // It is complete.
        signal = _wait.Result;
#pragma warning restore VSTHRD002
        return true;
    }

    public void Start(bool open)
    {
        if (open)
        {
            _wait = events.WaitAsync(watch.Token);
            _pending = true;
        }
    }

    public async ValueTask AbandonAsync()
    {
        if (!_pending)
        {
            return;
        }

        _pending = false;
        watch.Abandon();
        try
        {
            await _wait;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }
}
