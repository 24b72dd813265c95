using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// The metrics of runs as they go on here: what a fold changed. A journal that is read again, or folded after a start, is not counted a
/// second time.
/// </summary>
internal static class RunInstruments
{
    public const string Model = "orchestrator.model";
    public const string Phase = "orchestrator.run.phase";
    public const string ActiveName = "orchestrator.runs.active";
    public const string EventsName = "orchestrator.upstream.events";
    public const string FailuresName = "orchestrator.attempts.failed";

    /// <summary>Bounds in seconds, from a few milliseconds to an hour.</summary>
    public static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    };

    private static readonly Counter<long> Submitted = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.runs.submitted", "{run}", "Runs accepted");

    private static readonly Counter<long> Ended = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.runs.ended", "{run}", "Runs that reached their terminal event, by status");

    private static readonly UpDownCounter<long> Active = EngineTelemetry.Meter.CreateUpDownCounter<long>(
        ActiveName, "{run}", "Runs that this host works on, by phase");

    private static readonly Counter<long> Attempts = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.attempts", "{attempt}", "Dispatches to an upstream, by model and leg");

    private static readonly Counter<long> Failures = EngineTelemetry.Meter.CreateCounter<long>(
        FailuresName, "{attempt}", "Attempts that ended without a complete answer, by error");

    private static readonly Counter<long> Fallbacks = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.fallbacks", "{attempt}", "Attempts on another leg than the one before");

    private static readonly Counter<long> Detaches = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.detaches", "{connection}", "Connections to an upstream that were lost, by reason");

    private static readonly Histogram<double> Gap = EngineTelemetry.Meter.CreateHistogram<double>(
        "orchestrator.reattach.gap", "s", "From the loss of a connection to its being taken up again", advice: Waits);

    private static readonly Counter<long> Events = EngineTelemetry.Meter.CreateCounter<long>(
        EventsName, "{event}", "Upstream events journaled");

    private static readonly Counter<long> Refusals = EngineTelemetry.Meter.CreateCounter<long>(
        "orchestrator.commits.refused", "{commit}", "Commits that the storage refused; each is tried again until it takes it");

    private static readonly Histogram<double> FirstEvent = EngineTelemetry.Meter.CreateHistogram<double>(
        "orchestrator.run.time_to_first_event", "s", "From the submission to the first output", advice: Waits);

    /// <summary>A run that this host begins with, new or taken up.</summary>
    public static RunMark Hosted(RunState run, bool isNew)
    {
        if (isNew)
        {
            Submitted.Add(1, Of(run.Spec.Model));
            if (run.Current is { } first)
            {
                Attempts.Add(1, Of(first));
            }
        }

        var mark = RunMark.Of(run);
        Count(mark.Phase, 1);
        return mark;
    }

    /// <summary>A run that this host is done with, ended or not.</summary>
    public static void LetGo(in RunMark mark) => Count(mark.Phase, -1);

    /// <summary>The storage is not available; the run waits.</summary>
    public static void Refused() => Refusals.Add(1);

    /// <summary>After every commit.</summary>
    public static RunMark Folded(in RunMark before, RunState run)
    {
        var after = RunMark.Of(run);
        var begun = after.Attempts > before.Attempts;
        var events = after.Events - (begun ? 0 : before.Events);
        if (events > 0)
        {
            Events.Add(events, Of(run.Current!.Model));
        }

        if (after.Phase != before.Phase || begun || after.HasOutput != before.HasOutput)
        {
            Moved(before, after, run, begun);
        }

        return after;
    }

    private static void Moved(in RunMark before, in RunMark after, RunState run, bool begun)
    {
        var attempt = run.Current;
        if (after.Phase != before.Phase)
        {
            Count(before.Phase, -1);
            Count(after.Phase, 1);
        }

        if (begun)
        {
            Attempts.Add(1, Of(attempt!));
            if (run.Attempts is [.., var earlier, _] && earlier.Leg != attempt!.Leg)
            {
                Fallbacks.Add(1, Of(attempt));
            }
        }

        if (after.HasOutput && !before.HasOutput && run.Attempts.Count(static one => one.FirstEventAt is not null) == 1)
        {
            FirstEvent.Record((attempt!.FirstEventAt!.Value - run.CreatedAt) / 1000d, Of(attempt.Model));
        }

        if (after.Reattaches > before.Reattaches && attempt!.Connections is [.., var lost, { Until: null } found])
        {
            Gap.Record((found.From - lost.Until.GetValueOrDefault()) / 1000d, Of(attempt.Model));
        }

        Lost(before, after, attempt);
        if (after.Phase == RunPhase.Ended)
        {
            Ended.Add(1, WithError(Of(run.Spec.Model, "orchestrator.run.status", run.Status.ToWire()), run.End!.Error));
        }
    }

    private static void Lost(in RunMark before, in RunMark after, AttemptState? attempt)
    {
        if (after.Phase == before.Phase)
        {
            return;
        }

        if (after.Phase == RunPhase.Recovering && attempt!.LastDetach is { } detach)
        {
            Detaches.Add(1, Of(attempt.Model, "orchestrator.detach.reason", detach.Reason));
        }
        else if (after.Phase == RunPhase.Waiting)
        {
            Failures.Add(1, WithError(Of(attempt!), attempt!.Failure?.Error));
        }
    }

    /// <summary>A run that has ended is not active, even while it is being let go.</summary>
    private static void Count(RunPhase phase, int runs)
    {
        if (phase != RunPhase.Ended)
        {
            Active.Add(runs, new KeyValuePair<string, object?>(Phase, phase.ToWire()));
        }
    }

    private static TagList WithError(TagList tags, RunError? error)
    {
        if (error is not null)
        {
            tags.Add(GenAi.ErrorType, error.Code);
        }

        return tags;
    }

    private static TagList Of(AttemptState attempt) => new() { { Model, attempt.Model }, { "orchestrator.leg", attempt.Leg } };

    private static KeyValuePair<string, object?> Of(string model) => new(Model, model);

    private static TagList Of(string model, string name, string value) => new() { { Model, model }, { name, value } };
}
