using System.Buffers;
using System.Globalization;
using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>
/// A run's journal, put together entry by entry and folded batch by batch as its host would do it. What is added waits for
/// <see cref="Commit"/>, which every step that depends on the state makes by itself.
/// </summary>
internal sealed class RunRecording
{
    /// <summary>2026-01-02T03:04:05Z.</summary>
    public const long Start = 1_767_323_045_000;

    public const string Input = """{"messages":[{"role":"user","content":"Say hello."}]}""";

    public static readonly RunId Id = RunId.Parse("run_01KDYK2S48ABCDEFGHJKMNPQRS");

    private readonly EntryBatchBuilder _pending = new();
    private readonly List<EntryBatch> _batches = [];
    private RunSpec _spec = null!;
    private int _attempt;
    private long _events;
    private long _lostAt;

    public RunState State { get; } = new();

    public IReadOnlyList<EntryBatch> Batches => _batches;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; private set; } = Start;

    public static RunRecording Of(RunSpec spec, string input = Input, string tenant = "", int projection = 1, TraceContext? trace = null, RunOrigin? origin = null)
    {
        var run = new RunRecording { _spec = spec };
        run._pending.Add(run.Now, new RunSubmitted
        {
            Spec = spec,
            Tenant = tenant,
            Projection = projection,
            Trace = trace,
            Origin = origin,
            Inputs = new RunInputs(Encoding.UTF8.GetBytes(input), RunInputs.None),
        });
        return run;
    }

    public RunRecording After(long milliseconds)
    {
        Now += milliseconds;
        return this;
    }

    public RunRecording Dispatch(int leg = 0, Continuation continuation = Continuation.None, string? tail = null, int part = 0)
    {
        _events = 0;
        _pending.Add(Now, new AttemptStarted
        {
            Attempt = ++_attempt,
            Leg = leg,
            Model = _spec.ModelOf(leg),
            Transport = "run",
            DispatchId = string.Create(CultureInfo.InvariantCulture, $"dispatch-{_attempt}"),
            Continuation = continuation,
            Part = part,
            Tail = tail,
        });
        return Commit();
    }

    /// <summary>Waits for a turn, from this commit on.</summary>
    public RunRecording Queue(TurnWait wait, int leg = 0)
    {
        _pending.Add(Now, RunQueued.Of(leg, _spec.ModelOf(leg), wait));
        return Commit();
    }

    public RunRecording Attach(WireFormat wire, bool resumable = true, int? step = null, string? gatewayRunId = null, string? model = null)
    {
        _pending.Add(Now, new AttemptAttached
        {
            Attempt = _attempt,
            GatewayRunId = resumable ? gatewayRunId ?? string.Create(CultureInfo.InvariantCulture, $"gen-{_attempt}") : null,
            GatewayLogId = string.Create(CultureInfo.InvariantCulture, $"log-{_attempt}"),
            CacheStatus = "MISS",
            Step = step,
            Model = model,
            Wire = wire,
            Resumable = resumable,
        });
        return this;
    }

    /// <summary>Events, each 20 ms after the one before it.</summary>
    public RunRecording Take(params IEnumerable<byte[]> events)
    {
        foreach (var raw in events)
        {
            _events++;
            _pending.AddUpstreamEvent(After(20).Now, _attempt, new ReadOnlySequence<byte>(raw));
        }

        return this;
    }

    public RunRecording Result(string contentType, byte[] body)
    {
        _pending.Add(Now, new AttemptResult { Attempt = _attempt, ContentType = contentType, Body = body });
        return Commit();
    }

    public RunRecording Detach(string reason, string? message = null, long? retryAfterMs = null, double jitter = 0.5)
    {
        _lostAt = _lostAt == 0 ? Now : _lostAt;
        _pending.Add(Now, new AttemptDetached
        {
            Attempt = _attempt, Offset = _events, Reason = reason, Message = message, RetryAfterMs = retryAfterMs, Jitter = jitter,
        });
        return Commit();
    }

    public RunRecording Reattach()
    {
        _pending.Add(Now, new AttemptReattached { Attempt = _attempt, Offset = _events, GapMs = Now - _lostAt });
        _lostAt = 0;
        return Commit();
    }

    public RunRecording Fail(RunError error, bool hostLost = false, double jitter = 0.25)
    {
        _pending.Add(Now, new AttemptFailed { Attempt = _attempt, Error = error, HostLost = hostLost, Jitter = jitter });
        return Commit();
    }

    public RunRecording End(RunStatus status = RunStatus.Completed, RunError? error = null, string? incompleteReason = null)
    {
        Commit();
        _pending.Add(Now, new RunEnded
        {
            Status = status,
            FinishReason = status == RunStatus.Completed ? State.Current?.FinishReason : null,
            Usage = RunReports.Usage(State),
            Incomplete = incompleteReason is not null,
            IncompleteReason = incompleteReason,
            Error = error,
            Attempts = RunReports.Attempts(State, endedAt: Now),
        });
        return Commit();
    }

    /// <summary>One batch of all that was added since the last; none where nothing was.</summary>
    public RunRecording Commit(bool checkpoint = false)
    {
        if (_pending.Count > 0)
        {
            var batch = _pending.Build(State.LastNumber + 1, checkpoint ? State.ToCheckpoint() : null);
            State.Apply(batch);
            _batches.Add(batch);
        }

        return this;
    }
}
