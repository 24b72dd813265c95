using System.Security.Cryptography;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>The run's connections to the upstream: a new dispatch, or the events of the one it has taken up again.</summary>
internal sealed class RunConnections(
    RunId run, RunState state, RunRecorder recorder, RunInterrupts interrupts, RunServices services, SubmissionSource submission, RunTurn turn)
{
    /// <summary>A resume replays what the gateway has in its buffer: it answers at once or something is wrong.</summary>
    private const int ResumeAnswerMs = 15_000;

    private readonly ConnectionPump _pump = new(recorder, state, services);

    private long Deadline => state.CreatedAt + state.Spec.Timeouts.TotalMs;

    public async Task<ConnectionEnd> DispatchAsync(Step.Dispatch step)
    {
        var model = state.Spec.ModelOf(step.Leg);
        var isJournaled = state.Current?.Number == step.Attempt;
        if (!isJournaled && await turn.AskAsync(step) is { } none)
        {
            return none;
        }

        services.Log.Dispatching(run, step.Attempt, model);
        var dispatch = await PrepareAsync(step, model);
        if (!isJournaled)
        {
            await StartAsync(step with { Continuation = dispatch.Continuation }, dispatch.Tail);
        }

        var timeout = Math.Max(10, Math.Min(state.Spec.Timeouts.FirstEventMs, Deadline - services.Now()));
        switch (await ConnectAsync(dispatch, model, TimeSpan.FromMilliseconds(timeout)))
        {
            case ConnectOutcome.Refused refused:
                return new ConnectionEnd.Refused(refused.Error);
            case ConnectOutcome.Streaming streaming:
                await using (streaming.Reply)
                {
                    using var watch = new ConnectionWatch(services.Clock, state.Spec.Timeouts.IdleMs, Deadline, interrupts.Soon);
                    return await _pump.RunAsync(
                        streaming.Reply.Events, new ValueTask<StreamSignal>(streaming.First), watch, interrupts);
                }

            default:
                return ConnectionEnd.Told.Instance;
        }
    }

    public async Task<ConnectionEnd> ReattachAsync()
    {
        var attempt = state.Current!;
        using var watch = new ConnectionWatch(services.Clock, ResumeAnswerMs, Deadline, interrupts.Soon);
        var resume = new ResumeAlignment(run, state, services);
        ResumeOutcome outcome;
        try
        {
            outcome = await resume.AttachAsync(watch.Token);
        }
        catch (OperationCanceledException) when (!interrupts.Soon.IsCancellationRequested && watch.Expired is not null)
        {
            return watch.Expired;
        }

        if (outcome.Reply is not { } reply)
        {
            return outcome.End!;
        }

        await using (reply)
        {
            var now = services.Now();
            recorder.Pending.Add(now, new AttemptReattached
            {
                Attempt = attempt.Number,
                Offset = attempt.Events,
                GapMs = Math.Max(0, now - attempt.DetachedAt),
            });
            services.Log.Reattached(run, attempt.Number, attempt.Events);
            watch.Hold();
            await recorder.CommitAsync(null, interrupts.Stopping);
            now = services.Now();
            watch.Release(now);
            watch.Allow(Silence(attempt, now), now);
            return await _pump.RunAsync(reply.Events, outcome.Next, watch, interrupts) switch
            {
                // A stream that was silent from the start has missed its first event, however often it is taken up.
                ConnectionEnd.Broken { Reason: DetachReasons.Idle } when attempt.Events == 0 =>
                    new ConnectionEnd.Refused(Errors.FirstEventTimeout(state.Spec)),
                var end => end,
            };
        }
    }

    /// <summary>The entry that goes before a request.</summary>
    public static AttemptStarted Started(RunSpec spec, Step.Dispatch step, RunServices services) => new()
    {
        Attempt = step.Attempt,
        Leg = step.Leg,
        Model = spec.ModelOf(step.Leg),
        Transport = TransportNames.Of(services.Gateway.TransportOf(spec, spec.ModelOf(step.Leg))),
        DispatchId = services.Jitter.NextDispatchId(),
        Continuation = step.Continuation,
        Part = step.Part,
    };

    /// <summary>The first event may be in the gateway's buffer long since, its deadline having passed while nobody was there to read it.</summary>
    private long Silence(AttemptState attempt, long now) => attempt.Events > 0
        ? state.Spec.Timeouts.IdleMs
        : Math.Max(ResumeAnswerMs, attempt.StartedAt + state.Spec.Timeouts.FirstEventMs - now);

    private async Task<PreparedDispatch> PrepareAsync(Step.Dispatch step, string model)
    {
        var submitted = await submission.GetAsync();
        IReadOnlyList<ReadOnlyMemory<byte>> inputs = [submitted.Inputs.For(model), .. submitted.Inputs.OfServerFallbacks(state.Spec)];
        if (step.Part > 0)
        {
            inputs = [.. inputs.Select(input => PartInput.Of(input, step.Part))];
        }

        var continuation = step.Continuation;
        string? tail = null;
        if (continuation != Continuation.None)
        {
            var partial = await AnswerReader.ReadAsync(services.Journal, run, interrupts.Soon);
            var continued = partial.Text.Length == 0 ? null : ContinuationInput.TryBuild(inputs, partial.Text, continuation);
            inputs = continued ?? inputs;
            continuation = continued is null ? Continuation.None : continuation;
            tail = submitted.Projection >= ClientProjection.FirstWithoutOverlap ? Overlap.TailOf(partial.Text, continuation) : null;
        }

        var request = new GatewayDispatch
        {
            Run = run,
            Spec = state.Spec,
            Model = model,
            Input = inputs[0],
            FallbackInputs = [.. inputs.Skip(1)],
            ExtraHeaders = SealedHeaders.None,
        };
        return new PreparedDispatch(request, submitted.Sealed, continuation, tail);
    }

    private ValueTask StartAsync(Step.Dispatch step, string? tail)
    {
        var now = services.Now();
        recorder.Pending.Add(now, Started(state.Spec, step, services) with { Tail = tail });
        var summary = state.StartedAt is null ? RunReports.Summary(run, state) with { Status = RunStatus.Running, StartedAt = now } : null;
        return recorder.CommitAsync(summary, interrupts.Stopping);
    }

    /// <summary>A dispatch that waits for its turn has no deadline but the run's.</summary>
    private async Task<ConnectOutcome> ConnectAsync(PreparedDispatch dispatch, string model, TimeSpan firstEventTimeout)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(1, Deadline - services.Now())), services.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, interrupts.Now);
        try
        {
            return await services.Pipelines.ConnectAsync(
                state.Spec, Circuit(model), firstEventTimeout, token => ConnectAsync(dispatch, token), end.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !interrupts.Soon.IsCancellationRequested)
        {
            return new ConnectOutcome.Refused(Errors.TotalTimeout(state.Spec));
        }
    }

    /// <summary>A model that is down must not keep runs from the gateway that falls back from it: all of them together are another upstream.</summary>
    private string Circuit(string model) =>
        state.Spec.HasServerFallback ? string.Join(", then ", state.Spec.Fallback!.Models.Prepend(model)) : model;

    /// <summary>From the request to the first event. The answer's identity is durable as soon as it is known.</summary>
    private async Task<ConnectOutcome> ConnectAsync(PreparedDispatch dispatch, CancellationToken cancellationToken)
    {
        if (TryOpen(dispatch.Sealed) is not { } headers)
        {
            return new ConnectOutcome.Refused(Errors.SecretsLost);
        }

        var reply = await services.Gateway.DispatchAsync(dispatch.Request with { ExtraHeaders = headers }, cancellationToken);
        turn.Answered((reply as FailureReply)?.Error);
        switch (reply)
        {
            case StreamReply stream:
                return await AttachAsync(stream, cancellationToken);
            case DocumentReply document:
                Attach(document.Headers, RunTasks.Streams(state.Spec) ? document.Wire : WireFormat.Document, resumable: false);
                recorder.Pending.Add(services.Now(), new AttemptResult
                {
                    Attempt = state.Current!.Number,
                    ContentType = document.ContentType,
                    Body = document.Body,
                });
                await recorder.CommitAsync(null, interrupts.Stopping);
                submission.Forget();
                return new ConnectOutcome.Answered();
            default:
                return new ConnectOutcome.Refused(((FailureReply)reply).Error.ToRunError());
        }
    }

    private async Task<ConnectOutcome> AttachAsync(StreamReply stream, CancellationToken cancellationToken)
    {
        var handedOn = false;

        // From here on the run can be taken up again: a host that stops need not wait for the first event.
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, interrupts.Soon);
        try
        {
            Attach(stream.Headers, stream.Wire, stream.Resumable);
            submission.Forget();
            var first = stream.Events.WaitAsync(wait.Token);
            if (!first.IsCompletedSuccessfully)
            {
                // A read may be under way from here on: it must have ended before the stream is disposed.
                var signal = first.AsTask();
                try
                {
                    await recorder.CommitAsync(null, interrupts.Stopping);
                }
                catch
                {
                    Abandon(wait);
                    throw;
                }
                finally
                {
                    await ((Task)signal).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                }

                first = new ValueTask<StreamSignal>(await signal);
            }

            var outcome = new ConnectOutcome.Streaming(stream, await first);
            handedOn = true;
            return outcome;
        }
        finally
        {
            if (!handedOn)
            {
                await stream.DisposeAsync();
            }
        }
    }

    /// <summary>Here and now: the read must be on its way out before it is waited for.</summary>
    private static void Abandon(CancellationTokenSource wait) => wait.Cancel();

    /// <summary>Null: the key is gone.</summary>
    private IReadOnlyDictionary<string, string>? TryOpen(ReadOnlyMemory<byte> sealedHeaders)
    {
        try
        {
            return SealedHeaders.Open(services.Seal, sealedHeaders);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Attach(ReplyHeaders headers, WireFormat wire, bool resumable) => recorder.Pending.Add(services.Now(), new AttemptAttached
    {
        Attempt = state.Current!.Number,
        GatewayRunId = headers.RunId,
        GatewayLogId = headers.LogId,
        CacheStatus = headers.CacheStatus,
        Step = headers.Step,
        Model = ServedModel(headers.Step),
        Wire = wire,
        Resumable = resumable && state.Spec.Resume != false,
    });

    private string? ServedModel(int? step) =>
        state.Spec is { HasServerFallback: true } spec && step is { } leg && leg >= 0 && leg <= spec.Fallback!.Models.Count
            ? spec.ModelOf(leg)
            : null;
}
