using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// A run that has ended as spans: <c>run</c> over <c>queue</c>, the attempts (<c>chat {model}</c>) over their connections
/// (<c>attach</c>), and the commits that this host made. Durations and tokens are measured inside the span that they are of, so that
/// exemplars lead there.
/// </summary>
internal static class RunSpans
{
    /// <summary>Bounds in seconds: the convention's, to 81.92, and on from there for answers that take the better part of an hour.</summary>
    private static readonly InstrumentAdvice<double> OperationTimes = new()
    {
        HistogramBucketBoundaries =
        [
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36, 1310.72, 2621.44,
        ],
    };

    private static readonly Histogram<double> RunDuration = EngineTelemetry.Meter.CreateHistogram<double>(
        "orchestrator.run.duration", "s", "From the submission to the end of a run", advice: RunInstruments.Waits);

    private static readonly Histogram<double> OperationDuration = EngineTelemetry.Meter.CreateHistogram<double>(
        "gen_ai.client.operation.duration", "s", "From the dispatch to the end of an attempt", advice: OperationTimes);

    private static readonly Histogram<double> FirstChunk = EngineTelemetry.Meter.CreateHistogram<double>(
        "gen_ai.client.operation.time_to_first_chunk", "s", "From the dispatch to the first output of an attempt", advice: OperationTimes);

    private static readonly Histogram<long> Tokens = EngineTelemetry.Meter.CreateHistogram<long>(
        "gen_ai.client.token.usage", "{token}", "Tokens of an attempt, by type", advice: new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
        });

    /// <summary>What is measured where no span is: of a run that is not traced.</summary>
    public static void Measure(RunState state) => Emit(null, state, [], null, null);

    /// <param name="run">Its span; null where it has none.</param>
    /// <param name="state">The run, which has ended.</param>
    /// <param name="commits">Those that are told.</param>
    /// <param name="inputs">What was asked for; null where that is not known.</param>
    /// <param name="answer">Null where prompt and answer are not to be shown.</param>
    public static void Emit(Activity? run, RunState state, IReadOnlyList<CommitTime> commits, RunInputs? inputs, Answer? answer)
    {
        var end = state.EndedAt!.Value;

        // One that ended before its turn came had nothing but the queue.
        Child(run, "queue", ActivityKind.Internal, state.CreatedAt)?.Until(state.StartedAt ?? end);
        foreach (var attempt in state.Attempts)
        {
            Attempt(run, state, attempt, inputs, attempt == state.Current ? answer : null);
        }

        foreach (var commit in commits)
        {
            using var span = Child(run, "commit", ActivityKind.Internal, commit.From);
            span?.SetTag("orchestrator.entries", commit.Entries);
            span?.SetEndTime((commit.From + commit.Took).UtcDateTime);
        }

        RunDuration.Record(
            (end - state.CreatedAt) / 1000d,
            new(RunInstruments.Model, state.Spec.Model),
            new("orchestrator.run.status", state.Status.ToWire()));
        if (run is not null)
        {
            Describe(run, state);
            run.SetEndTime(Time(end).UtcDateTime);
        }
    }

    private static void Describe(Activity run, RunState state)
    {
        var end = state.End!;
        run.SetTag("orchestrator.model", state.Spec.Model);
        run.SetTag("orchestrator.task", state.Spec.Task);
        run.SetTag("orchestrator.tenant", state.Tenant.Length > 0 ? state.Tenant : null);
        run.SetTag("orchestrator.run.status", state.Status.ToWire());
        run.SetTag("orchestrator.run.attempts", state.Attempts.Count);
        run.SetTag("orchestrator.run.reattaches", state.Attempts.Sum(static attempt => attempt.Reattaches));
        run.SetTag("orchestrator.run.incomplete_reason", end.IncompleteReason);
        Fail(run, end.Error);
    }

    private static void Attempt(Activity? run, RunState state, AttemptState attempt, RunInputs? inputs, Answer? answer)
    {
        var end = attempt.EndedAt ?? state.EndedAt!.Value;
        var served = attempt.ServedModel ?? attempt.Model;
        var operation = GenAi.OperationOf(state.Spec.Task);
        var error = attempt.Failure?.Error ?? (attempt == state.Current ? state.End!.Error : null);
        using var span = Child(run, $"{operation} {attempt.Model}", ActivityKind.Client, attempt.StartedAt);
        Measure(attempt, end, operation, served, error);
        if (span is null)
        {
            return;
        }

        Describe(span, attempt, operation, served);
        Fail(span, error);
        if (inputs is not null)
        {
            var input = inputs.For(served);
            GenAiRequest.Describe(span, attempt.Part > 0 ? PartInput.Of(input, attempt.Part) : input, showsContent: answer is not null);
            if (answer is not null)
            {
                span.SetTag(GenAi.InputMessages, GenAiMessages.OfInput(input));
                span.SetTag(GenAi.OutputMessages, GenAiMessages.OfAnswer(answer, attempt.FinishReason));
            }
        }

        for (var i = 0; i < attempt.Connections.Count; i++)
        {
            Connection(span, attempt, i, end);
        }

        span.SetEndTime(Time(end).UtcDateTime);
    }

    private static void Describe(Activity span, AttemptState attempt, string operation, string served)
    {
        span.SetTag(GenAi.Operation, operation);
        span.SetTag(GenAi.Provider, GenAi.ProviderOf(served));
        span.SetTag(GenAi.RequestModel, attempt.Model);
        span.SetTag(GenAi.ResponseModel, HasAnswered(attempt) ? served : null);
        span.SetTag(GenAi.InputTokens, attempt.Usage?.InputTokens);
        span.SetTag(GenAi.OutputTokens, attempt.Usage?.OutputTokens);
        span.SetTag(GenAi.CacheReadTokens, attempt.Usage?.CacheReadTokens);
        span.SetTag(GenAi.CacheWrittenTokens, attempt.Usage?.CacheWriteTokens);
        span.SetTag(GenAi.FinishReasons, attempt.FinishReason is { } reason ? new[] { reason } : null);
        span.SetTag("orchestrator.attempt", attempt.Number);
        span.SetTag("orchestrator.leg", attempt.ServedLeg ?? attempt.Leg);
        span.SetTag("orchestrator.transport", attempt.Transport);
        span.SetTag("orchestrator.resumable", attempt.Resumable);
        span.SetTag("orchestrator.continuation", attempt.Continuation == Continuation.None ? null : attempt.Continuation.ToString());
        span.SetTag("orchestrator.gateway.run_id", attempt.GatewayRunId);
        span.SetTag("orchestrator.gateway.log_id", attempt.GatewayLogId);
        span.SetTag("orchestrator.events", attempt.Events);
        if (attempt.FirstEventAt is { } first)
        {
            span.SetTag(GenAi.TimeToFirstChunk, (first - attempt.StartedAt) / 1000d);
            span.AddEvent(new ActivityEvent("first output", Time(first)));
        }
    }

    private static void Connection(Activity attempt, AttemptState state, int index, long attemptEnd)
    {
        var connection = state.Connections[index];
        using var span = Child(attempt, index == 0 ? "attach" : "re-attach", ActivityKind.Client, connection.From);
        if (span is null)
        {
            return;
        }

        span.SetTag("orchestrator.offset", connection.Offset);
        span.SetTag("orchestrator.events", connection.Until is null ? state.Events - connection.Offset : connection.Events);
        if (index > 0)
        {
            span.SetTag("orchestrator.gap", (connection.From - state.Connections[index - 1].Until) / 1000d);
        }

        if (connection.Reason is { } reason)
        {
            span.SetTag("orchestrator.detach.reason", reason);
            span.SetTag(GenAi.ErrorType, reason);
            span.SetStatus(ActivityStatusCode.Error, reason);
        }

        span.SetEndTime(Time(connection.Until ?? attemptEnd).UtcDateTime);
    }

    private static void Measure(AttemptState attempt, long end, string operation, string served, RunError? error)
    {
        var tags = new TagList
        {
            { GenAi.Operation, operation },
            { GenAi.Provider, GenAi.ProviderOf(served) },
            { GenAi.RequestModel, attempt.Model },
        };
        if (HasAnswered(attempt))
        {
            tags.Add(GenAi.ResponseModel, served);
        }

        if (attempt.FirstEventAt is { } first)
        {
            FirstChunk.Record((first - attempt.StartedAt) / 1000d, tags);
        }

        Count(attempt.Usage?.InputTokens, "input", tags);
        Count(attempt.Usage?.OutputTokens, "output", tags);
        if (error is not null)
        {
            tags.Add(GenAi.ErrorType, error.Code);
        }

        OperationDuration.Record((end - attempt.StartedAt) / 1000d, tags);
    }

    private static void Count(long? tokens, string type, TagList tags)
    {
        if (tokens is { } count)
        {
            tags.Add(GenAi.TokenType, type);
            Tokens.Record(count, tags);
        }
    }

    /// <summary>Who refused, or was never heard of, is the model of no response.</summary>
    private static bool HasAnswered(AttemptState attempt) => attempt.FirstEventAt is not null || attempt.ServedModel is not null;

    private static void Fail(Activity span, RunError? error)
    {
        if (error is not null)
        {
            span.SetTag(GenAi.ErrorType, error.Code);
            span.SetTag("http.response.status_code", error.Status);
            span.SetStatus(ActivityStatusCode.Error, error.Message);
        }
    }

    private static Activity? Child(Activity? parent, string name, ActivityKind kind, long start) => Child(parent, name, kind, Time(start));

    private static Activity? Child(Activity? parent, string name, ActivityKind kind, DateTimeOffset start) =>
        parent is null ? null : EngineTelemetry.Source.StartActivity(name, kind, parent.Context, startTime: start);

    private static void Until(this Activity span, long end)
    {
        span.SetEndTime(Time(end).UtcDateTime);
        span.Dispose();
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
