using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Readers;

/// <summary>
/// Follows a run that a silo of the cluster works on: through its grain, wherever that is and however often it moves. A silo that dies or
/// drains is a pause; a run that has ended meanwhile is read from the journal.
/// </summary>
internal sealed class GrainFollower : IEntryFollower
{
    /// <summary>Batches in one message, where the reader is behind.</summary>
    private const int MessageBatches = 64;

    private readonly IRunGrain _grain;
    private readonly RunServices _services;
    private readonly RunId _run;
    private readonly TimeSpan _keepAlive;
    private readonly CancellationTokenSource _left = new();
    private readonly CallBackoff _backoff;
    private IAsyncEnumerator<EntrySlice>? _entries;
    private Task<bool>? _next;
    private EntryFollower? _stored;
    private long _position;

    public GrainFollower(IGrainFactory grains, RunServices services, RunId run, long from, TimeSpan keepAlive)
    {
        _grain = grains.GetGrain<IRunGrain>(run.ToString());
        _services = services;
        _run = run;
        _keepAlive = keepAlive;
        _position = from;
        _backoff = new CallBackoff(services.Clock);
    }

    public async ValueTask<FollowerRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (_stored is null)
        {
            try
            {
                _entries ??= _grain.ReadAsync(_position, _left.Token).WithBatchSize(MessageBatches).GetAsyncEnumerator(_left.Token);
                _next ??= _entries.MoveNextAsync().AsTask();
                if (await _next.WaitAsync(_keepAlive, _services.Clock, cancellationToken))
                {
                    _next = null;
                    if (_entries.Current.ToBatch() is var batch && batch.LastNumber >= _position)
                    {
                        return Moved(batch);
                    }

                    continue;
                }
            }
            catch (TimeoutException) when (_next is { IsCompleted: false })
            {
                return new FollowerRead(ReaderReadKind.Quiet, null, null, _position);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested && GrainFaults.IsPassing(failure))
            {
                _services.Log.ReaderWaits(_run, _position, failure.GetType().Name, failure.Message);
            }

            Drop();
            if (await LookAsync(cancellationToken) is { } end)
            {
                return end;
            }
        }

        return await _stored.ReadAsync(cancellationToken);
    }

    public void Dispose()
    {
        _left.Cancel();
        Drop();
        _stored?.Dispose();
        _left.Dispose();
    }

    private FollowerRead Moved(Engine.Entries.EntryBatch batch)
    {
        var from = _position;
        _position = batch.LastNumber + 1;
        _backoff.Reset();
        return new FollowerRead(ReaderReadKind.Data, batch, null, from);
    }

    /// <summary>The grain has no more: the run has ended, is gone, or is on its way to another silo.</summary>
    private async Task<FollowerRead?> LookAsync(CancellationToken cancellationToken)
    {
        RunSummary? summary;
        try
        {
            summary = await _services.Journal.FindAsync(_run, cancellationToken);
        }
        catch (JournalUnavailableException unavailable)
        {
            _services.Log.JournalUnavailable(_run, unavailable.Message);
            await _backoff.WaitAsync(cancellationToken);
            return null;
        }

        if (summary is null)
        {
            return new FollowerRead(ReaderReadKind.Moved, null, null, _position);
        }

        if (summary.Status.IsEnded())
        {
            _stored = new EntryFollower(_services.Journal, _run, _position, null, unfinished: false, _services.Clock, _keepAlive);
            return null;
        }

        await _backoff.WaitAsync(cancellationToken);
        return null;
    }

    private void Drop()
    {
        if (_entries is { } entries)
        {
            _ = CloseAsync(entries, _next);
        }

        _entries = null;
        _next = null;
    }

    /// <summary>In the background: the silo that has the other end may not answer any more.</summary>
    private static async Task CloseAsync(IAsyncEnumerator<EntrySlice> entries, Task<bool>? next)
    {
        try
        {
            if (next is not null)
            {
                await next;
            }

            await entries.DisposeAsync();
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            // Nothing is read from it any more; its silo forgets it by itself.
        }
    }
}
