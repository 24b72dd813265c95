using System.Buffers;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Takes an attempt's events up where the journal ends, and checks that it does: it asks a few events back and compares what is
/// replayed, byte for byte, with what was received before. An index that is off by one would lose or double a token, and whether the
/// gateway counts comment blocks is not documented. Where the overlap does not match at once, or could match in the wrong place, the
/// whole replay from 0 is compared: a match further on may be the same words said again. Where that differs, the attempt has failed.
/// Nothing is guessed.
/// </summary>
internal sealed class ResumeAlignment(RunId run, RunState state, RunServices services)
{
    /// <summary>How many events back it asks (<c>gateway.md</c> §2), and how many at most where these repeat within themselves.</summary>
    private const int FewestBack = 4;

    private const int MostBack = 32;

    /// <exception cref="OperationCanceledException">By the token alone.</exception>
    public async Task<ResumeOutcome> AttachAsync(CancellationToken cancellationToken)
    {
        var attempt = state.Current!;
        if (await OverlapAsync(attempt, cancellationToken) is { } overlap
            && await TryAsync(attempt, attempt.Events - overlap.Length, overlap, cancellationToken) is { } outcome)
        {
            return outcome;
        }

        await using var all = AllAsync(attempt, cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await TryAsync(attempt, 0, new WholeMatch(all, attempt.Events), cancellationToken)
            ?? ResumeOutcome.Refused(Errors.Mismatch(attempt.Events));
    }

    /// <summary>Null: what was replayed does not match.</summary>
    private async Task<ResumeOutcome?> TryAsync(AttemptState attempt, long from, IReplayMatch match, CancellationToken cancellationToken)
    {
        var reply = await services.Gateway.ResumeAsync(state.Spec.Gateway.Id, attempt.GatewayRunId!, from, attempt.Wire, cancellationToken);
        if (reply is not StreamReply stream)
        {
            return ResumeOutcome.Refused(reply is FailureReply failure ? failure.Error.ToRunError() : NoStream);
        }

        var kept = false;
        try
        {
            var signal = new StreamSignal(StreamSignalKind.Events, null);
            while (!match.IsComplete)
            {
                signal = await stream.Events.WaitAsync(cancellationToken);
                if (signal.Kind != StreamSignalKind.Events)
                {
                    break;
                }

                while (!match.IsComplete && stream.Events.TryRead(out var raw))
                {
                    if (!await match.TakeAsync(raw))
                    {
                        return null;
                    }
                }
            }

            if (match.IsComplete)
            {
                kept = true;

                // What follows the overlap in the same packet is taken before anything new is waited for.
                return new ResumeOutcome(stream, new ValueTask<StreamSignal>(new StreamSignal(StreamSignalKind.Events, null)), null);
            }

            // A clean end in the middle of what was received before. Asked for the last of it, the gateway may count otherwise; asked for
            // all, it has not told all.
            return signal.Kind == StreamSignalKind.CleanEnd && from > 0
                ? null
                : new ResumeOutcome(null, default, new ConnectionEnd.Broken(DetachReasons.Broken, signal.Error?.Message));
        }
        finally
        {
            if (!kept)
            {
                await stream.DisposeAsync();
            }
        }
    }

    /// <summary>Null: only the whole replay tells where the journal ends.</summary>
    private async Task<OverlapMatch?> OverlapAsync(AttemptState attempt, CancellationToken cancellationToken)
    {
        for (var count = FewestBack; count <= MostBack && count < attempt.Events; count *= 2)
        {
            var match = new OverlapMatch(await RecentAsync(attempt, count, cancellationToken));
            if (!match.IsAmbiguous)
            {
                return match;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> RecentAsync(AttemptState attempt, int count, CancellationToken cancellationToken)
    {
        var first = attempt.EntryOfEvent(attempt.Events - count);
        var recent = new List<ReadOnlyMemory<byte>>(count);
        await foreach (var batch in services.Journal.ReadAsync(run, first, cancellationToken))
        {
            foreach (var entry in batch)
            {
                if (entry.Number >= first && entry.Kind == EntryKind.UpstreamEvent)
                {
                    recent.Add(EntryCodec.ReadUpstreamEvent(entry.Payload, out _));
                }
            }
        }

        return recent;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> AllAsync(
        AttemptState attempt, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in services.Journal.ReadAsync(run, attempt.AttachedNumber, cancellationToken))
        {
            var events = new List<ReadOnlyMemory<byte>>();
            foreach (var entry in batch)
            {
                if (entry.Number > attempt.AttachedNumber && entry.Kind == EntryKind.UpstreamEvent)
                {
                    events.Add(EntryCodec.ReadUpstreamEvent(entry.Payload, out _));
                }
            }

            foreach (var raw in events)
            {
                yield return raw;
            }
        }
    }

    private static readonly RunError NoStream = new()
    {
        Code = ErrorCodes.ProviderError,
        Message = "The gateway answered a resume with something that is no stream of events.",
        Recoverable = true,
    };
}
