using System.Diagnostics;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// A run's span on the host that works on it, from the run's submission on; what is logged meanwhile belongs to it. What the run did
/// becomes spans when it ends, from its journal's state: so the tree is whole, and every span in it closed, however many hosts the run
/// had. A host that lets go of a run, or dies, leaves no span behind.
/// </summary>
internal sealed class RunTrace
{
    private const string RunIdName = "orchestrator.run.id";

    /// <summary>Spans of commits: of those that moved the run on, or were slow.</summary>
    private const int MaxCommits = 64;

    private static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(100);

    private readonly Activity _run;
    private readonly List<CommitTime> _commits = [];

    private RunTrace(Activity run) => _run = run;

    /// <summary>
    /// Null where nobody listens, or the trace is not sampled. Becomes the current span of the caller's asynchronous flow, in place of
    /// the request that submitted the run: that ends long before.
    /// </summary>
    public static RunTrace? Start(RunId id, RunState state)
    {
        Activity.Current = null;
        var run = EngineTelemetry.Source.StartActivity(
            $"run {state.Spec.Model}",
            ActivityKind.Internal,
            TraceContext.ParentOf(id, state.Trace),
            links: LinksOf(state.Origin),
            startTime: DateTimeOffset.FromUnixTimeMilliseconds(state.CreatedAt));
        if (run is null)
        {
            return null;
        }

        run.SetTag(RunIdName, id.ToString());
        run.SetTag("orchestrator.run.rerun_of", state.Origin?.Run);
        return new RunTrace(run);
    }

    public void Committed(DateTimeOffset from, TimeSpan took, int entries, bool moved)
    {
        if ((moved || took >= SlowCommit) && _commits.Count < MaxCommits)
        {
            _commits.Add(new CommitTime(from, took, entries));
        }
    }

    /// <param name="state">The run, which has ended.</param>
    /// <param name="inputs">What was asked for; null where it can not be read.</param>
    /// <param name="answer">Null where prompt and answer are not to be shown.</param>
    public void End(RunState state, RunInputs? inputs, Answer? answer)
    {
        RunSpans.Emit(_run, state, _commits, inputs, answer);
        _run.Dispose();
    }

    /// <summary>The next host tells of the run: nothing is exported here.</summary>
    public void Abandon()
    {
        _run.IsAllDataRequested = false;
        _run.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        _run.Dispose();
    }

    /// <summary>To where the other run's trace has a span that is known before it ends: the one that it hangs under.</summary>
    private static ActivityLink[] LinksOf(RunOrigin? origin) => TraceContext.ContextOf(origin?.Trace) is { } context
        ? [new ActivityLink(context, new ActivityTagsCollection { [RunIdName] = origin!.Run })]
        : [];
}
