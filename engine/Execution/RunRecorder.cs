using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// The one way in which a run moves on: collect entries, make them durable, fold them, show them to readers; in that order.
/// </summary>
internal sealed class RunRecorder(IRunWriter writer, RunState state, RunTail tail, RunServices services, bool isNew)
{
    /// <summary>A checkpoint of the projection goes with a batch after this many entries without one.</summary>
    private const int CheckpointEvery = 512;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(2);

    private bool _brokenOff;
    private RunMark _mark = RunInstruments.Hosted(state, isNew);

    /// <summary>Entries that wait for <see cref="CommitAsync"/>.</summary>
    public EntryBatchBuilder Pending { get; } = new();

    /// <summary>Called after every commit: whether it was more than progress.</summary>
    public Action<bool>? Committed { get; set; }

    /// <summary>Null where the run is not traced.</summary>
    public RunTrace? Trace { get; set; }

    /// <summary>Called after a commit that brought the run to another stage: a new attempt, another phase of it, the end.</summary>
    public Action? OnTransition { get; init; }

    /// <summary>
    /// Makes what is pending durable and visible. While the storage refuses, it tries again: the run waits with what it has, its
    /// upstream is held back, and nothing is lost.
    /// </summary>
    /// <exception cref="OwnershipLostException">Nothing was written, and the state is as before.</exception>
    /// <exception cref="OperationCanceledException">
    /// The host stops; nothing of this was acknowledged to anybody. Whether it landed is not known, so that nothing else may follow it:
    /// every later commit ends the same way.
    /// </exception>
    public async ValueTask CommitAsync(RunSummary? summary, CancellationToken stop)
    {
        if (_brokenOff)
        {
            throw new OperationCanceledException(stop);
        }

        var checkpoint = state.SinceCheckpoint >= CheckpointEvery ? state.ToCheckpoint() : null;
        var batch = Pending.Build(state.LastNumber + 1, checkpoint);
        summary = summary is null ? null : summary with { Seq = state.SeqAfter(batch), Host = services.Changes.Log };
        var from = Trace is null ? default : services.Clock.GetUtcNow();
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await writer.AppendAsync(batch, summary);
                break;
            }
            catch (JournalUnavailableException unavailable)
            {
                services.Log.JournalUnavailable(writer.Id, unavailable.Message);
                RunInstruments.Refused();
                _brokenOff = true;
                await Task.Delay(wait, services.Clock, stop);
                _brokenOff = false;
            }
        }

        var before = Stage();
        lock (state)
        {
            state.Apply(batch);
        }

        // Who has read an event finds it counted, and its run changed.
        Observe(batch, from);
        tail.Publish(batch);
        if (OnTransition is { } transition && Stage() != before)
        {
            transition();
        }
    }

    /// <summary>The run is somebody else's from here on, or nobody's.</summary>
    public void LetGo() => RunInstruments.LetGo(_mark);

    private void Observe(EntryBatch batch, DateTimeOffset from)
    {
        var before = _mark;
        _mark = RunInstruments.Folded(before, state);
        var moved = _mark with { Events = before.Events } != before;
        Trace?.Committed(from, services.Clock.GetUtcNow() - from, batch.Count, moved);
        Committed?.Invoke(moved);
    }

    private (int Attempts, AttemptPhase? Phase, RunStatus Status) Stage() => (state.Attempts.Count, state.Current?.Phase, state.Status);
}
