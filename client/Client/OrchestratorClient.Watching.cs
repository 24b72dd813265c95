using System.Runtime.CompilerServices;

namespace Orchestrator.Client;

public sealed partial class OrchestratorClient
{
    /// <summary>
    /// The events of a run, each once and in order, up to its terminal event. Drops are mended from the cursor, with growing waits
    /// (<see cref="OrchestratorClientOptions.Reconnect"/>); how the run is read never changes how it goes.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="after">The cursor: events up to this one are left out. 0: from the start. At or past the end of a finished run the
    /// sequence is empty; past the end of an active one it waits.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Ends the watch, not the run.</param>
    /// <exception cref="OrchestratorException">Refused: 404, 401, 403, 400.</exception>
    /// <exception cref="EventGapException">The service skipped events.</exception>
    /// <exception cref="ServiceUnreachableException">Nothing was heard for as long as the policy allows;
    /// <see cref="ServiceUnreachableException.After"/> is the cursor to come back with.</exception>
    public async IAsyncEnumerable<RunEvent> WatchAsync(
        string runId, long after = 0, WatchOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var next in WatchJsonAsync(runId, after, options, cancellationToken).ConfigureAwait(false))
        {
            yield return next.Read();
        }
    }

    /// <summary>As <see cref="WatchAsync"/>, with every event exactly as the service sent it.</summary>
    public IAsyncEnumerable<WireEvent> WatchJsonAsync(
        string runId, long after = 0, WatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        RunPath.Of(runId);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return Watch(cancellationToken);

        // A new state for each enumeration of the sequence.
        async IAsyncEnumerable<WireEvent> Watch([EnumeratorCancellation] CancellationToken token)
        {
            var watch = new RunWatch(_http, _calls, _options, runId, options ?? new WatchOptions());
            await foreach (var next in watch.ReadAsync(after, token).ConfigureAwait(false))
            {
                yield return next;
            }
        }
    }

    /// <summary>Submits a run and watches it from its first event.</summary>
    /// <param name="submission">What to run.</param>
    /// <param name="onSubmitted">Told of the run before its first event: keep its id to come back.</param>
    /// <param name="idempotencyKey">As in <see cref="SubmitAsync"/>.</param>
    /// <param name="options">As in <see cref="WatchAsync"/>.</param>
    /// <param name="cancellationToken">Ends the watch, not the run.</param>
    public async IAsyncEnumerable<RunEvent> SubmitAndWatchAsync(
        RunSubmission submission,
        Action<SubmittedRun>? onSubmitted = null,
        string? idempotencyKey = null,
        WatchOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var submitted = await SubmitAsync(submission, idempotencyKey, cancellationToken).ConfigureAwait(false);
        onSubmitted?.Invoke(submitted);
        await foreach (var next in WatchAsync(submitted.Run.Id, 0, options, cancellationToken).ConfigureAwait(false))
        {
            yield return next;
        }
    }

    /// <summary>Waits until the run is finished, across any number of drops.</summary>
    /// <returns>The finished run: look at its status, a failed run is no exception.</returns>
    public async Task<Run> WaitForResultAsync(string runId, WatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        var run = await GetAsync(runId, cancellationToken).ConfigureAwait(false);
        while (!run.IsFinished)
        {
            var last = run.Seq;
            await foreach (var next in WatchJsonAsync(runId, run.Seq, options, cancellationToken).ConfigureAwait(false))
            {
                last = next.Seq;
            }

            var before = run.Seq;
            run = await GetAsync(runId, cancellationToken).ConfigureAwait(false);
            if (!run.IsFinished && last == before && run.Seq == before)
            {
                throw new MalformedAnswerException($"The service says of run {runId} that no event follows {before}, and that it is not finished.");
            }
        }

        return run;
    }
}
