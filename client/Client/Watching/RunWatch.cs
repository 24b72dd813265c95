using System.Runtime.CompilerServices;

namespace Orchestrator.Client;

/// <summary>Reads a run's events across any number of drops: each once, in order, from a cursor to the terminal event.
/// One enumeration per instance.</summary>
internal sealed class RunWatch(HttpClient http, ServiceCalls calls, OrchestratorClientOptions options, string runId, WatchOptions watch)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly Backoff _backoff = new(options.Reconnect, options.Random);
    private long _lastContact;
    private long _droppedAt;
    private bool _everConnected;

    public async IAsyncEnumerable<WireEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = after;
        Touch();
        while (true)
        {
            TimeSpan delay;
            var connection = new EventConnection(http, calls, options, Touch, cancellationToken);
            await using (connection.ConfigureAwait(false))
            {
                var step = await connection.OpenAsync(runId, cursor).ConfigureAwait(false);
                if (step.Kind == StreamStepKind.Opened)
                {
                    OnOpened(cursor);
                    step = await connection.NextAsync().ConfigureAwait(false);
                }

                while (step.Kind == StreamStepKind.Event)
                {
                    if (IsNext(step.Event, cursor))
                    {
                        cursor = step.Event.Seq;
                        _backoff.Reset();
                        yield return step.Event;
                        if (step.Event.EndsRun)
                        {
                            yield break;
                        }
                    }

                    step = await connection.NextAsync().ConfigureAwait(false);
                }

                if (step.Kind == StreamStepKind.Finished)
                {
                    yield break;
                }

                delay = OnDropped(step, cursor);
            }

            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // An event at or before the cursor was seen already; one further on means that some never came.
    private bool IsNext(WireEvent next, long cursor) =>
        next.Seq <= cursor + 1 ? next.Seq > cursor : throw new EventGapException(runId, cursor + 1, next.Seq);

    private void Touch() => _lastContact = _time.GetTimestamp();

    private void OnOpened(long cursor)
    {
        _everConnected = true;
        if (_backoff.Tries > 0)
        {
            watch.OnReattach?.Invoke(new WatchReattach(cursor, _backoff.Tries, _time.GetElapsedTime(_droppedAt)));
        }
    }

    private TimeSpan OnDropped(StreamStep drop, long cursor)
    {
        if (_backoff.Tries == 0)
        {
            _droppedAt = _time.GetTimestamp();
        }

        var delay = _backoff.Next(drop.RetryAfter);
        var silence = _time.GetElapsedTime(_lastContact);
        var hopeless = watch.FailIfNeverConnected && !_everConnected && drop.Cause is { } cause && Faults.NeverConnected(cause);
        if (hopeless || options.Reconnect.GivesUp(silence, delay))
        {
            throw GaveUp(drop, cursor);
        }

        watch.OnDrop?.Invoke(new WatchDrop(drop.Reason, cursor, _backoff.Tries, delay, drop.Cause));
        return delay;
    }

    private ServiceUnreachableException GaveUp(StreamStep drop, long cursor)
    {
        var what = drop.Cause?.Message ?? (drop.Reason == DropReason.Silent ? "it fell silent" : "the stream ended before the run did");
        return new ServiceUnreachableException(calls.BaseAddress, $"Run {runId} can not be read from {calls.BaseAddress}: {what}", drop.Cause)
        {
            After = cursor,
            Status = (drop.Cause as OrchestratorException)?.Status,
            RetryAfter = drop.RetryAfter,
        };
    }
}
