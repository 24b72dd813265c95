using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Committing;

/// <summary>
/// Group commit: takes what the writers have queued, makes it durable with one block, and completes it. One commit is under way at a
/// time; what comes in meanwhile goes into the next.
/// </summary>
internal sealed partial class Committer : IAsyncDisposable
{
    /// <summary>From so many appends in a commit on, waiting a little for more saves more than it costs.</summary>
    private const int GatherFrom = 8;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly BlockCommit _block;
    private readonly TimeSpan _gatherDelay;
    private readonly StorageHealth _health;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private List<RunWriter?> _queue = [];
    private List<RunWriter?> _gathered = [];
    private List<BetweenCommits> _between = [];
    private bool _idle;
    private bool _stopping;

    public Committer(BlockCommit block, TimeSpan gatherDelay, StorageHealth health, ILogger logger)
    {
        _block = block;
        _gatherDelay = gatherDelay;
        _health = health;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Queues the operation that a writer waits for.</summary>
    public void Enqueue(RunWriter writer)
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                _queue.Add(writer);
                WakeNeedsLock();
                return;
            }
        }

        writer.Fail(new ObjectDisposedException(nameof(RunJournal)));
    }

    /// <summary>Runs something while no commit is under way and none is in doubt.</summary>
    public Task BetweenCommitsAsync(Action action)
    {
        var item = new BetweenCommits(action);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, typeof(RunJournal));
            _between.Add(item);
            WakeNeedsLock();
        }

        return item.Done.Task;
    }

    /// <summary>Stops after what is queued was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            WakeNeedsLock();
        }

        await _loop;
        _wake.Dispose();
    }

    private void WakeNeedsLock()
    {
        if (_idle)
        {
            _idle = false;
            _wake.Release();
        }
    }

    private async Task RunAsync()
    {
        var lastStart = 0L;
        while (await WaitAsync())
        {
            // A quiet time has used the delay up.
            if (_gathered.Count >= GatherFrom)
            {
                await GatherAsync(lastStart);
            }

            lastStart = Stopwatch.GetTimestamp();
            _gathered.Clear();
            var between = Take();
            await RunBetweenAsync(between);
            await CommitAsync();
        }
    }

    /// <summary>False when there is nothing to do any more.</summary>
    private async ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (_queue.Count > 0 || _between.Count > 0)
            {
                return true;
            }

            if (_stopping)
            {
                return false;
            }

            _idle = true;
        }

        await _wake.WaitAsync();
        lock (_gate)
        {
            return _queue.Count > 0 || _between.Count > 0;
        }
    }

    /// <summary>Real time on purpose: waiting only spares work, and a clock that stands still must not stop commits.</summary>
    private Task GatherAsync(long lastStart)
    {
        var wait = _gatherDelay - Stopwatch.GetElapsedTime(lastStart);
        return wait > TimeSpan.Zero
            ? Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), TimeProvider.System)
            : Task.CompletedTask;
    }

    private List<BetweenCommits> Take()
    {
        lock (_gate)
        {
            (_queue, _gathered) = (_gathered, _queue);
            var between = _between;
            if (between.Count > 0)
            {
                _between = [];
            }

            return between;
        }
    }

    private async ValueTask RunBetweenAsync(List<BetweenCommits> items)
    {
        foreach (var item in items)
        {
            try
            {
                await _block.ResolveAsync();
                item.Action();
                item.Done.SetResult();
            }
            catch (Exception e)
            {
                item.Done.SetException(e);
            }
        }
    }

    private async ValueTask CommitAsync()
    {
        try
        {
            for (var next = 0; next < _gathered.Count;)
            {
                next = await _block.CommitAsync(_gathered, next);
                _health.Succeeded();
            }
        }
        catch (JournalUnavailableException e)
        {
            Fail(e);
        }
        catch (Exception e)
        {
            LogUnforeseen(_logger, e);
            Fail(e);
        }
    }

    /// <summary>All that were due fail together: each must be free to try again, or to give up.</summary>
    private void Fail(Exception error)
    {
        _health.Failed(error.Message);
        for (var i = 0; i < _gathered.Count; i++)
        {
            if (_gathered[i] is { } writer)
            {
                _gathered[i] = null;
                writer.Fail(new JournalUnavailableException(error.Message, error));
            }
        }
    }

    private sealed class BetweenCommits(Action action)
    {
        public Action Action { get; } = action;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
