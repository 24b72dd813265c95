using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Projections;

/// <summary>
/// From journal entries to the events of <c>api.md</c>, versions 1 and 2. Counting (no output) and writing are one code, so that a sequence
/// number never depends on who asks. What this version gives is public for ever: a change is a new version, kept beside this one.
/// </summary>
internal static class ClientProjection
{
    /// <summary>
    /// Version 2 takes out of a continued answer what its next attempt says again (<see cref="Overlap"/>). Which one a run has shows in its
    /// entries: in version 1 no attempt has anything to compare with.
    /// </summary>
    public const int Version = 2;

    public const int FirstWithoutOverlap = 2;

    [ThreadStatic]
    private static StringBuilder? _released;

    /// <param name="state">Moved past the entry.</param>
    /// <param name="entry">The next entry.</param>
    /// <param name="reading">For an upstream event or result: what <see cref="WireReader"/> read of it, under the state's wire.</param>
    /// <param name="output">Null to count only.</param>
    public static void Apply(ref ProjectionState state, in EntryView entry, ChunkReading reading, EventWriter? output)
    {
        switch (entry.Kind)
        {
            case EntryKind.UpstreamEvent:
                state.Carried = reading.Carried;
                Read(ref state, reading, output);
                break;
            case EntryKind.AttemptResult:
                ApplyResult(ref state, entry, reading, output);
                break;
            case EntryKind.RunSubmitted:
                ApplySubmitted(ref state, entry, output);
                break;
            case EntryKind.AttemptStarted:
                ApplyStarted(ref state, EntryCodec.ReadAttemptStarted(entry.Payload), entry.Time, output);
                break;
            case EntryKind.AttemptAttached:
                ApplyAttached(ref state, EntryCodec.ReadAttemptAttached(entry.Payload), output);
                break;
            case EntryKind.AttemptDetached:
                state.Seq++;
                output?.Detached(state.Seq, EntryCodec.ReadAttemptDetached(entry.Payload));
                break;
            case EntryKind.AttemptReattached:
                state.Seq++;
                output?.Reattached(state.Seq, EntryCodec.ReadAttemptReattached(entry.Payload));
                break;
            case EntryKind.AttemptFailed:
                // It broke off while it said again what is there already: whoever goes on does so from there.
                state.Overlap = default;
                state.Seq++;
                output?.AttemptFailed(state.Seq, EntryCodec.ReadAttemptFailed(entry.Payload));
                break;
            case EntryKind.RunEnded:
                if (state.Overlap.IsOpen && EntryCodec.ReadRunEnded(entry.Payload).Status == RunStatus.Completed)
                {
                    CloseOverlap(ref state, output);
                }

                state.Seq++;
                output?.Ended(state.Seq, EntryCodec.ReadRunEnded(entry.Payload));
                break;
            case EntryKind.RunQueued:
                Warn(ref state, Warnings.Queued(EntryCodec.ReadRunQueued(entry.Payload)), output);
                break;
            default:
                throw new InvalidDataException($"Entry {entry.Number} is of kind {(int)entry.Kind}, which this version does not know.");
        }
    }

    private static void ApplySubmitted(ref ProjectionState state, in EntryView entry, EventWriter? output)
    {
        var submitted = EntryCodec.ReadRunSubmitted(entry.Payload);
        state.ResumeUnwanted = submitted.Spec.Resume == false;
        state.Seq++;
        output?.Created(state.Seq, entry, submitted);
        foreach (var warning in submitted.Spec.Warnings)
        {
            state.WarnedNotResumable |= warning.Code == Warnings.NotResumable.Code;
            state.Seq++;
            output?.Warning(state.Seq, warning);
        }
    }

    private static void ApplyStarted(ref ProjectionState state, AttemptStarted entry, long time, EventWriter? output)
    {
        if (state.Shown && entry is { Continuation: Continuation.None, Part: 0 })
        {
            state.Seq++;
            output?.Reset(state.Seq, state.Attempt, entry.Leg == state.Leg ? ResetReasons.Restart : ResetReasons.Fallback);
            state.Shown = false;
        }

        state.Attempt = entry.Attempt;
        state.Leg = entry.Leg;
        state.InputTokens = null;
        state.OutputTokens = null;
        state.Carried = 0;
        state.Overlap = Overlap.Of(entry);
        state.Seq++;
        output?.AttemptStarted(state.Seq, entry, time);
    }

    private static void ApplyAttached(ref ProjectionState state, AttemptAttached entry, EventWriter? output)
    {
        state.Wire = entry.Wire;
        state.Seq++;
        output?.Attached(state.Seq, entry);
        if (!entry.Resumable && entry.Wire != WireFormat.Document && !state.ResumeUnwanted && !state.WarnedNotResumable)
        {
            state.WarnedNotResumable = true;
            Warn(ref state, Warnings.NotResumable, output);
        }
    }

    private static void ApplyResult(ref ProjectionState state, in EntryView entry, ChunkReading reading, EventWriter? output)
    {
        if (reading.Error is not null)
        {
            return;
        }

        var result = EntryCodec.ReadAttemptResult(entry.Payload);
        if (!reading.Deltas.IsEmpty || (reading.Malformed && result.IsJson))
        {
            Read(ref state, reading, output);
            return;
        }

        state.Seq++;
        output?.Result(state.Seq, result, state.Wire);
        state.Shown = true;
    }

    private static void Read(ref ProjectionState state, ChunkReading reading, EventWriter? output)
    {
        if (reading.Malformed)
        {
            if (!state.WarnedMalformed)
            {
                state.WarnedMalformed = true;
                Warn(ref state, Warnings.MalformedEvent, output);
            }

            return;
        }

        foreach (var delta in reading.Deltas)
        {
            // Chunks that open a message carry an empty text: nothing to tell.
            if (delta.Length == 0 && delta.Kind != DeltaKind.ToolCall)
            {
                continue;
            }

            if (state.Overlap.IsOpen)
            {
                if (delta.Kind == DeltaKind.Text)
                {
                    Compare(ref state, reading, delta, output);
                    continue;
                }

                if (delta.Kind == DeltaKind.ToolCall)
                {
                    CloseOverlap(ref state, output);
                }
            }

            state.Seq++;
            state.Shown = true;
            output?.Delta(state.Seq, state.Attempt, reading, delta);
        }

        if (reading.Usage.HasAny)
        {
            state.InputTokens = reading.Usage.Input ?? state.InputTokens;
            state.OutputTokens = reading.Usage.Output ?? state.OutputTokens;
            state.Seq++;
            output?.Usage(state.Seq, state.Attempt, state.InputTokens, state.OutputTokens, reading.Usage.Total);
        }
    }

    private static void Compare(ref ProjectionState state, ChunkReading reading, in Delta delta, EventWriter? output)
    {
        var released = (_released ??= new StringBuilder()).Clear();
        state.Overlap = state.Overlap.Take(JsonText.Unescape(reading.EscapedText(delta)), released);
        Release(ref state, released, output);
    }

    private static void CloseOverlap(ref ProjectionState state, EventWriter? output)
    {
        if (state.Overlap.IsOpen)
        {
            var released = (_released ??= new StringBuilder()).Clear();
            state.Overlap.Close(released);
            state.Overlap = default;
            Release(ref state, released, output);
        }
    }

    private static void Release(ref ProjectionState state, StringBuilder released, EventWriter? output)
    {
        if (released.Length > 0)
        {
            state.Seq++;
            state.Shown = true;
            output?.Text(state.Seq, state.Attempt, released.ToString());
        }
    }

    private static void Warn(ref ProjectionState state, RunWarning warning, EventWriter? output)
    {
        state.Seq++;
        output?.Warning(state.Seq, warning);
    }
}
