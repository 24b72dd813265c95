using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.State;

/// <summary>
/// A run as its entries tell it. The live path and recovery fold the same entries with the same <see cref="Apply(EntryBatch)"/>;
/// there is no clock, no I/O and no randomness in it. Not thread-safe.
/// </summary>
public sealed class RunState
{
    [ThreadStatic]
    private static ChunkReading? _scratch;

    private readonly List<AttemptState> _attempts = [];
    private ProjectionState _projection;

    /// <summary>The number of the last entry folded; 0 for none.</summary>
    public long LastNumber { get; private set; }

    /// <summary>The sequence number of the last client event.</summary>
    public long Seq => _projection.Seq;

    public RunSpec Spec { get; private set; } = null!;

    public string Tenant { get; private set; } = "";

    /// <summary>The caller's trace; null where it gave none.</summary>
    public TraceContext? Trace { get; private set; }

    /// <summary>The run that this one repeats; null for none.</summary>
    public RunOrigin? Origin { get; private set; }

    public long CreatedAt { get; private set; }

    public long? StartedAt => _attempts.Count == 0 ? null : _attempts[0].StartedAt;

    public long? EndedAt { get; private set; }

    public IReadOnlyList<AttemptState> Attempts => _attempts;

    /// <summary>Results that are there; all of them are needed.</summary>
    public int PartsDone => _attempts.Count(static attempt => attempt.IsComplete);

    public AttemptState? Current => _attempts.Count == 0 ? null : _attempts[^1];

    /// <summary>The attempt whose bytes are the run's stream: the last one attached.</summary>
    public AttemptState? Serving => _attempts.FindLast(static attempt => attempt.AttachedNumber > 0);

    public RunEnded? End { get; private set; }

    /// <summary>What the run waited for last, be it over or not.</summary>
    public RunQueued? LastQueued { get; private set; }

    /// <summary>Since when it has been waiting for that, in Unix milliseconds; null where it is not.</summary>
    public long? QueuedAt { get; private set; }

    /// <summary>How often the host died under the run since its last new event.</summary>
    public int HostLosses { get; private set; }

    /// <summary>Entries since the last one before which a checkpoint was written.</summary>
    public int SinceCheckpoint { get; private set; }

    public bool WarnsOfMalformedEvents => _projection.WarnedMalformed;

    public bool WarnsOfNoResume => _projection.WarnedNotResumable;

    public RunStatus Status => End?.Status ?? (_attempts.Count == 0 ? RunStatus.Queued : RunStatus.Running);

    /// <summary>What a batch that begins at the next entry carries for readers that start there.</summary>
    public Checkpoint ToCheckpoint() => _projection.ToCheckpoint();

    /// <summary>What <see cref="Seq"/> will be when a batch of the next entries is folded.</summary>
    public long SeqAfter(EntryBatch batch)
    {
        var scratch = _scratch ??= new ChunkReading();
        var ahead = _projection;
        foreach (var entry in batch)
        {
            if (entry.Kind == EntryKind.UpstreamEvent)
            {
                WireReader.Read(ahead.Wire, EntryCodec.ReadUpstreamEvent(entry.Payload, out _).Span, scratch, ahead.Carried);
            }
            else if (entry.Kind == EntryKind.AttemptResult)
            {
                WireReader.ReadDocument(ahead.Wire, EntryCodec.ReadAttemptResult(entry.Payload).Body.Span, scratch);
            }

            ClientProjection.Apply(ref ahead, entry, scratch, output: null);
        }

        return ahead.Seq;
    }

    public void Apply(EntryBatch batch)
    {
        var scratch = _scratch ??= new ChunkReading();
        SinceCheckpoint = batch.Checkpoint is null ? SinceCheckpoint + batch.Count : batch.Count;
        foreach (var entry in batch)
        {
            if (entry.Number <= LastNumber)
            {
                continue;
            }

            if (entry.Number != LastNumber + 1)
            {
                throw new InvalidDataException($"Entry {entry.Number} follows entry {LastNumber}: the journal has a gap.");
            }

            Apply(entry, scratch);
            LastNumber = entry.Number;
        }
    }

    /// <summary>What may follow what. An entry that may not is damage: told as such, it costs this run and no other.</summary>
    private void Check(in EntryView entry)
    {
        var wrong = entry.Kind switch
        {
            _ when End is not null => "follows the end of the run",
            EntryKind.RunSubmitted when entry.Number > 1 => "submits a run that there is already",
            not EntryKind.RunSubmitted when entry.Number == 1 => "is the first one and submits nothing",
            > EntryKind.AttemptStarted and < EntryKind.RunEnded when Current is null => "tells of an attempt that was never started",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new InvalidDataException($"Entry {entry.Number} ({entry.Kind}) {wrong}.");
        }
    }

    private void Apply(in EntryView entry, ChunkReading scratch)
    {
        Check(entry);
        switch (entry.Kind)
        {
            case EntryKind.RunSubmitted:
                var submitted = EntryCodec.ReadRunSubmitted(entry.Payload);
                Spec = submitted.Spec;
                Tenant = submitted.Tenant;
                Trace = submitted.Trace;
                Origin = submitted.Origin;
                CreatedAt = entry.Time;
                break;
            case EntryKind.AttemptStarted:
                if (Current is { EndedAt: null } complete)
                {
                    complete.EndedAt = entry.Time;
                }

                _attempts.Add(new AttemptState(EntryCodec.ReadAttemptStarted(entry.Payload), entry.Time));
                QueuedAt = null;
                break;
            case EntryKind.AttemptAttached:
                Current!.Apply(EntryCodec.ReadAttemptAttached(entry.Payload), entry.Number, entry.Time);
                break;
            case EntryKind.UpstreamEvent:
                var raw = EntryCodec.ReadUpstreamEvent(entry.Payload, out _);
                WireReader.Read(Current!.Wire, raw.Span, scratch, _projection.Carried);
                Current.ApplyEvent(scratch, entry.Number, entry.Time);
                HostLosses = 0;
                break;
            case EntryKind.AttemptResult:
                var result = EntryCodec.ReadAttemptResult(entry.Payload);
                WireReader.ReadDocument(Current!.Wire, result.Body.Span, scratch);
                Current.ApplyResult(result, scratch, entry.Time);
                HostLosses = 0;
                break;
            case EntryKind.AttemptDetached:
                var detached = EntryCodec.ReadAttemptDetached(entry.Payload);
                Current!.Apply(detached, entry.Number, entry.Time);
                HostLosses += detached.Reason == DetachReasons.HostLost ? 1 : 0;
                break;
            case EntryKind.AttemptReattached:
                Current!.ApplyReattached(entry.Number, entry.Time);
                break;
            case EntryKind.AttemptFailed:
                var failed = EntryCodec.ReadAttemptFailed(entry.Payload);
                Current!.Apply(failed, entry.Time);
                HostLosses += failed.HostLost ? 1 : 0;
                break;
            case EntryKind.RunEnded:
                End = EntryCodec.ReadRunEnded(entry.Payload);
                EndedAt = entry.Time;
                QueuedAt = null;
                if (Current is { EndedAt: null } last)
                {
                    last.EndedAt = entry.Time;
                }

                break;
            case EntryKind.RunQueued:
                LastQueued = EntryCodec.ReadRunQueued(entry.Payload);
                QueuedAt = entry.Time;
                break;
            default:
                throw new InvalidDataException($"Entry {entry.Number} is of kind {(int)entry.Kind}, which this version does not know.");
        }

        ClientProjection.Apply(ref _projection, entry, scratch, output: null);
    }
}
