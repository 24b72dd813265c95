namespace Orchestrator.Engine.Execution;

/// <summary>The two ways in which others interrupt a run, kept apart: an abort that we asked for must never look like a break.</summary>
internal sealed class RunInterrupts : IDisposable
{
    private readonly CancellationTokenSource _soon = new();
    private readonly CancellationTokenSource _now = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _cancelRequested;

    /// <summary>Somebody asked to stop the run.</summary>
    public bool CancelRequested => _cancelRequested;

    /// <summary>Ends waits and streams: for cancel, and when the host stops.</summary>
    public CancellationToken Soon => _soon.Token;

    /// <summary>Ends a dispatch that is not answered yet, too: for cancel, and when the host has no more time.</summary>
    public CancellationToken Now => _now.Token;

    /// <summary>The host stops; not for cancel, whose own end must still be journaled.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Cancel()
    {
        _cancelRequested = true;
        _soon.Cancel();
        _now.Cancel();
    }

    public void StopSoon()
    {
        _stopping.Cancel();
        _soon.Cancel();
    }

    public void StopNow()
    {
        StopSoon();
        _now.Cancel();
    }

    public void Dispose()
    {
        _soon.Dispose();
        _now.Dispose();
        _stopping.Dispose();
    }
}
