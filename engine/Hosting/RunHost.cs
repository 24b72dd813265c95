using System.Collections.Concurrent;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Engine.Hosting;

/// <summary>
/// The runs that this process owns and works on, from their submission or their taking up to the moment it lets go of them. Thread-safe.
/// </summary>
internal sealed class RunHost(RunServices services, EngineOptions options)
{
    /// <summary>A list of more is none that anybody works through.</summary>
    public const int MaxAttention = 100;

    private readonly ConcurrentDictionary<RunId, ActiveRun> _active = new();
    private readonly TailBudget _tails = new(options.TailBytes);
    private readonly SubmitGate _submits = new();

    public RunServices Services { get; } = services;

    /// <summary>Runs that will be taken up soon.</summary>
    public PreparedRuns Prepared { get; } = new(services);

    /// <summary>Runs that are to be left to others for now.</summary>
    public LostRuns Lost { get; } = new(services.Clock);

    public int Count => _active.Count;

    public bool IsStopping => _submits.IsClosed;

    public IEnumerable<ActiveRun> Active => _active.Values;

    public ActiveRun? Find(RunId id) => _active.GetValueOrDefault(id);

    /// <summary>Runs that somebody should look at, the longest in trouble first; not more than <see cref="MaxAttention"/>.</summary>
    public IReadOnlyList<RunAttention> Attention(string tenant) =>
    [
        .. Active.Where(run => run.State.Tenant == tenant).Select(static run => run.Attention()).OfType<RunAttention>()
            .OrderBy(static run => run.Since).Take(MaxAttention),
    ];

    /// <summary>Journals a new run and works on it. Null: the host is stopping, and nothing was made. The draft's turn is the run's, or ended.</summary>
    /// <exception cref="JournalUnavailableException">Nothing was made.</exception>
    public async ValueTask<CreatedRun?> CreateAsync(RunDraft draft)
    {
        if (!_submits.TryEnter())
        {
            draft.Turn?.GiveBack();
            return null;
        }

        ActiveRun? run = null;
        try
        {
            var state = draft.ToState();
            var created = await Services.Journal.CreateAsync(draft.ToNewRun(state), draft.First, CancellationToken.None);
            if (created is not CreateOutcome.Created { Writer: var writer })
            {
                return new CreatedRun(null, null, (CreateOutcome.KeyTaken)created);
            }

            var view = RunViews.Of(draft.Id, state, draft.Submitted.Inputs, new Answer());
            var tail = new RunTail(_tails);
            tail.Publish(draft.First);
            run = new ActiveRun(writer, state, tail, draft.Submitted, draft.Turn, Services);
            Host(run, null, state.Current is null ? null : RunDraft.FirstStep);
            return new CreatedRun(run, view, null);
        }
        finally
        {
            if (run is null)
            {
                draft.Turn?.GiveBack();
            }

            _submits.Leave();
        }
    }

    /// <summary>Makes unfinished runs this host's, and works on them from wherever their journals stop. Answers those that are its own now.</summary>
    /// <param name="runs">Which.</param>
    /// <param name="cancellationToken">Whether they are still to be taken up.</param>
    /// <param name="livingOwner">The epoch of a run's owner whose host is alive: where it is the last one, its loss is no death of a host.</param>
    public async Task<IReadOnlyList<ActiveRun>> TakeUpAsync(
        IReadOnlyList<RunId> runs, CancellationToken cancellationToken, Func<RunId, long?>? livingOwner = null)
    {
        var taken = new List<ActiveRun>(runs.Count);
        foreach (var (writer, state) in await new TakeUp(Services, Prepared).RunAsync(runs, cancellationToken))
        {
            var tail = new RunTail(_tails);
            tail.Start(state.LastNumber);
            var run = new ActiveRun(writer, state, tail, null, null, Services);
            Host(run, new ConnectionEnd.HostGone(writer.TakenOver && livingOwner?.Invoke(writer.Id) != writer.Epoch - 1), null);
            taken.Add(run);
        }

        return taken;
    }

    /// <summary>Lets go of every run, in order: nothing is written to them, and their next owner goes on with them.</summary>
    public async Task StopAsync()
    {
        var all = LetGoAsync(_submits.CloseAsync());
        foreach (var run in _active.Values)
        {
            run.StopSoon();
        }

        try
        {
            await all.WaitAsync(options.StopGrace, Services.Clock);
        }
        catch (TimeoutException)
        {
            foreach (var run in _active.Values)
            {
                run.StopNow();
            }

            await all;
        }
    }

    /// <summary>A run whose submission is under way is let go as well: its first dispatch is journaled, and must not be lost with the host.</summary>
    private async Task LetGoAsync(Task submitted)
    {
        await submitted;
        await Task.WhenAll(_active.Values.Select(static run => run.Completion));
    }

    private void Host(ActiveRun run, ConnectionEnd? end, Step? first)
    {
        _tails.Add();
        lock (run.State)
        {
            run.Start(end, first, Remove);
            _active[run.Id] = run;
        }

        if (_submits.IsClosed)
        {
            run.StopSoon();
        }
    }

    /// <summary>Before the run's completion: who takes it up after that must not be given it as it was.</summary>
    private void Remove(ActiveRun run)
    {
        if (run.IsLost)
        {
            Lost.Add(run.Id);
        }

        lock (run.State)
        {
            // Not before it was added.
            _active.TryRemove(new KeyValuePair<RunId, ActiveRun>(run.Id, run));
        }

        _tails.Remove();
    }
}
