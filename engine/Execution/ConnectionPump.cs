using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Moves the events of one connection into the journal until the answer is told to be over or the connection ends. What arrives while
/// a commit is under way goes with the next one, so that the batches grow with the load and the upstream is held back by the journal; on a
/// busy host what arrives until its next turn at the <see cref="ReadPace"/>.
/// </summary>
internal sealed class ConnectionPump(RunRecorder recorder, RunState state, RunServices services)
{
    /// <summary>
    /// The most that one commit takes of a run: enough to write at the speed of the disk, little enough to stay out of the large
    /// object heap.
    /// </summary>
    private const int MaxBatchBytes = 64 * 1024;

    /// <param name="events">The connection. When this returns no read of it is under way.</param>
    /// <param name="first">A wait that is already under way, or done.</param>
    /// <param name="watch">Ends the connection when it stays silent.</param>
    /// <param name="interrupts">End it from outside.</param>
    public async Task<ConnectionEnd> RunAsync(IEventStream events, ValueTask<StreamSignal> first, ConnectionWatch watch, RunInterrupts interrupts)
    {
        var attempt = state.Current!;
        var ahead = new ReadAhead(events, first, watch);
        var turn = new ReadTurn();
        try
        {
            while (true)
            {
                var signal = await ahead.NextAsync();
                var before = recorder.Pending.Count;
                var open = Take(events, signal, attempt.Number, watch);
                var held = open && services.Pace.Holds(recorder.Pending.Count - before);
                if (!held)
                {
                    ahead.Start(open);
                }

                while (recorder.Pending.Length < MaxBatchBytes && ahead.TryNext(out var next))
                {
                    signal = next;
                    open = Take(events, signal, attempt.Number, watch);
                    ahead.Start(open);
                }

                if (recorder.Pending.Count > 0)
                {
                    watch.Hold();
                    await recorder.CommitAsync(null, interrupts.Stopping);
                    watch.Release(services.Now());
                }

                if (attempt.Terminal || attempt.StreamError is not null)
                {
                    return ConnectionEnd.Told.Instance;
                }

                if (!open)
                {
                    return signal.Kind == StreamSignalKind.CleanEnd
                        ? ConnectionEnd.Clean.Instance
                        : new ConnectionEnd.Broken(DetachReasons.Broken, signal.Error?.Message);
                }

                if (held)
                {
                    await services.Pace.NextAsync(turn);
                    ahead.Start(open);
                }
            }
        }
        catch (OperationCanceledException) when (!interrupts.Soon.IsCancellationRequested && watch.Expired is not null)
        {
            return watch.Expired;
        }
        finally
        {
            await ahead.AbandonAsync();
        }
    }

    /// <summary>Takes the events that are there; false at the end of the connection.</summary>
    private bool Take(IEventStream events, StreamSignal signal, int attempt, ConnectionWatch watch)
    {
        if (signal.Kind != StreamSignalKind.Events)
        {
            return false;
        }

        var time = services.Now();
        watch.Touch(time);
        while (events.TryRead(out var raw))
        {
            recorder.Pending.AddUpstreamEvent(time, attempt, raw);
        }

        return true;
    }
}
