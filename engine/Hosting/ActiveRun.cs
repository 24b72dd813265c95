using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Statistics;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Hosting;

/// <summary>One run that this host owns and works on, and what its readers share. What hosts it (a process, a grain) is not its affair.</summary>
internal sealed class ActiveRun : IChangingRun
{
    private readonly RunServices _services;
    private readonly IRunWriter _writer;
    private readonly RunInterrupts _interrupts = new();
    private readonly RunTurn _turn;
    private readonly RunExecutor _executor;
    private readonly RunRecorder _recorder;
    private readonly ChangeSlot _slot;
    private readonly RunTally _tally;

    public ActiveRun(IRunWriter writer, RunState state, RunTail tail, RunSubmitted? submitted, ITurn? turn, RunServices services)
    {
        _services = services;
        _writer = writer;
        State = state;
        Tail = tail;
        _recorder = new RunRecorder(writer, state, tail, services, isNew: submitted is not null) { OnTransition = () => OnTransition?.Invoke() };
        _slot = services.Changes.Enter(Id, state.Tenant, this);
        _tally = services.Statistics.Hosted(state);
        _recorder.Committed = Committed;
        var source = new SubmissionSource(services.Journal, writer.Id, submitted);
        _turn = new RunTurn(writer.Id, state, _recorder, _interrupts, services, source, turn);
        var connections = new RunConnections(writer.Id, state, _recorder, _interrupts, services, source, _turn);
        var structured = new StructuredOutput(writer.Id, state, source, _interrupts, services);
        var finish = new AnswerFinish(writer.Id, state, source, _interrupts, services);
        _executor = new RunExecutor(
            writer.Id, state, _recorder, connections, new RunSecrets(state, source, services), structured, finish, _interrupts, services);
    }

    public RunId Id => _writer.Id;

    public long Epoch => _writer.Epoch;

    /// <summary>Locked by whoever reads it while the run is active.</summary>
    public RunState State { get; }

    public RunTail Tail { get; }

    /// <summary>
    /// Called when the run has come to another attempt, or its attempt to another phase, or it has ended; in the middle of the run's work, so
    /// that it must return at once.
    /// </summary>
    public Action? OnTransition { get; set; }

    /// <summary>Another host has taken the run from this one.</summary>
    public bool IsLost { get; private set; }

    /// <summary>It could not be worked on, and is left unfinished: a death of the host, as far as the run is concerned.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Completes when this host has let go of the run; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <param name="end">Of the connection that an earlier owner had; null where there was none.</param>
    /// <param name="first">Null: it is decided.</param>
    /// <param name="letGo">Called once, when nothing is done for the run any more.</param>
    public void Start(ConnectionEnd? end, Step? first, Action<ActiveRun> letGo) => Completion = RunAsync(end, first, letGo);

    public void Cancel() => _interrupts.Cancel();

    /// <summary>The run is left as the journal has it, for its next owner. A dispatch that is not answered yet may still be.</summary>
    public void StopSoon() => _interrupts.StopSoon();

    public void StopNow() => _interrupts.StopNow();

    /// <summary>Another host has the run: this one stops at once.</summary>
    public void Lose()
    {
        IsLost = true;
        StopNow();
    }

    /// <summary>As a list shows it now.</summary>
    public RunSummary Summarize()
    {
        var now = _services.Now();
        lock (State)
        {
            return State.End is { } end ? RunReports.Summary(Id, State, end, State.EndedAt!.Value) : RunReports.Live(Id, State, now, _services.Prices);
        }
    }

    /// <summary>Null: nobody has to look at it.</summary>
    public RunAttention? Attention()
    {
        var now = _services.Now();
        lock (State)
        {
            return AttentionRules.Of(State, now) is var (why, since) ? new RunAttention(RunReports.Live(Id, State, now, _services.Prices), why, since) : null;
        }
    }

    public RunPhase Phase()
    {
        var now = _services.Now();
        lock (State)
        {
            return RunPhases.Of(State, now);
        }
    }

    /// <summary>Null where the run has ended and been deleted while it was read.</summary>
    public async Task<RunView?> ViewAsync(CancellationToken cancellationToken)
    {
        RunView view;
        long last;
        var reached = 0L;
        lock (State)
        {
            view = RunViews.Of(Id, State, new RunInputs(default, RunInputs.None), new Answer(), _turn.Waits, _services.Prices);
            last = State.LastNumber;
        }

        var answer = new AnswerReader();
        RunInputs? inputs = null;
        await foreach (var batch in _services.Journal.ReadAsync(Id, 1, cancellationToken))
        {
            if (batch.FirstNumber > last)
            {
                break;
            }

            inputs ??= EntryCodec.ReadRunSubmitted(First(batch).Payload).Inputs;
            answer.Apply(batch, through: last);
            reached = batch.LastNumber;
        }

        return reached < last ? null : view with { Inputs = inputs ?? view.Inputs, Output = answer.ToAnswer() };
    }

    private void Committed(bool moved)
    {
        _services.Changes.Changed(_slot, moved);
        _services.Statistics.Folded(_tally, State, _services.Now());
    }

    private async Task RunAsync(ConnectionEnd? end, Step? first, Action<ActiveRun> letGo)
    {
        await Task.Yield();
        var trace = _recorder.Trace = RunTrace.Start(Id, State);
        var moved = TailEnd.Moved;
        try
        {
            await _executor.RunAsync(end, first);
            moved = TailEnd.Ended;
        }
        catch (OwnershipLostException)
        {
            _services.Log.OwnershipLost(Id);
            IsLost = true;
        }
        catch (OperationCanceledException) when (_interrupts.Stopping.IsCancellationRequested)
        {
            await ReleaseAsync();
        }
        catch (Exception failure)
        {
            // A bug, or a journal that can not be read: the run must not take the others with it. It stays unfinished, and visible.
            _services.Log.EngineFailed(Id, failure);
            HasFailed = true;
        }

        _turn.Close();
        Tail.Close(moved);
        _recorder.LetGo();
        _services.Changes.Leave(_slot, Summarize());
        _services.Statistics.LetGo(_tally, State, _services.Now());
        if (moved == TailEnd.Ended)
        {
            await TellAsync(trace);
        }
        else
        {
            trace?.Abandon();
        }

        letGo(this);
    }

    /// <summary>Spans and durations of a run that has ended; what can not be told of it is its operators' loss, and not the run's.</summary>
    private async Task TellAsync(RunTrace? trace)
    {
        if (trace is null)
        {
            RunSpans.Measure(State);
            return;
        }

        RunInputs? inputs = null;
        Answer? answer = null;
        try
        {
            if (_services.TraceContent)
            {
                var view = await ViewAsync(CancellationToken.None);
                (inputs, answer) = (view?.Inputs, view?.Output);
            }
            else
            {
                inputs = (await RunViews.ReadSubmittedAsync(_services.Journal, Id, CancellationToken.None))?.Inputs;
            }
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            _services.Log.NotTraced(Id, failure.Message);
        }

        trace.End(State, inputs, answer);
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await _writer.ReleaseAsync();
        }
        catch (JournalUnavailableException unavailable)
        {
            // The next owner takes the run as from a host that died: that costs it a line in the journal, and nothing else.
            _services.Log.JournalUnavailable(Id, unavailable.Message);
        }
    }

    private static EntryView First(EntryBatch batch)
    {
        var entries = batch.GetEnumerator();
        entries.MoveNext();
        return entries.Current;
    }
}
