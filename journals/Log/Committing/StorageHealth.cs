using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Committing;

/// <summary>Whether commits go through. After one failed, tries the storage until it works again, so that readiness returns without traffic.</summary>
internal sealed partial class StorageHealth(IJournalStorage storage, TimeProvider time, TimeSpan probeInterval, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile JournalHealth _current = JournalHealth.Good;
    private Task _probing = Task.CompletedTask;

    /// <summary>Whether <see cref="_probing"/> looks at the state once more before it ends.</summary>
    private bool _isProbing;

    /// <summary>Called when a probe went through, before the storage counts as ready: what is in doubt is settled then, not with the next commit.</summary>
    public Func<Task> OnReachable { get; set; } = static () => Task.CompletedTask;

    public JournalHealth Current => _current;

    public void Succeeded()
    {
        if (!_current.Ready)
        {
            LogRecovered(logger);
            _current = JournalHealth.Good;
        }
    }

    public void Failed(string reason)
    {
        if (_current.Ready)
        {
            LogUnavailable(logger, reason);
        }

        lock (_gate)
        {
            _current = new JournalHealth(false, reason);
            if (!_isProbing && !_stop.IsCancellationRequested)
            {
                _isProbing = true;
                _probing = ProbeAsync(_stop.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task probing;
        lock (_gate)
        {
            probing = _probing;
        }

        await probing;
        _stop.Dispose();
    }

    private async Task ProbeAsync(CancellationToken stop)
    {
        while (GoesOn())
        {
            try
            {
                await Task.Delay(probeInterval, time, stop);
                if (!_current.Ready)
                {
                    await storage.ProbeAsync(stop);
                    await OnReachable();
                    Succeeded();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                // The journal stops.
                return;
            }
            catch (JournalUnavailableException e)
            {
                _current = new JournalHealth(false, e.Message);
            }
        }
    }

    /// <summary>Decided under the lock: a failure between the look and the end would start no other loop, and nobody would probe.</summary>
    private bool GoesOn()
    {
        lock (_gate)
        {
            return _isProbing = !_current.Ready;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The journal can not be written: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The journal can be written again")]
    private static partial void LogRecovered(ILogger logger);
}
