using System.Diagnostics;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// The span that a run hangs under, as its submission told it. In the journal, so that the run's spans have one trace and one parent
/// whichever host makes them. Source: W3C Trace Context, whose headers these are.
/// </summary>
/// <param name="Parent">A valid <c>traceparent</c>.</param>
/// <param name="State">The <c>tracestate</c> as it came.</param>
public sealed record TraceContext(string Parent, string? State = null)
{
    /// <summary>What the standard asks everybody to pass on at the least.</summary>
    private const int MaxStateChars = 512;

    /// <summary>Null where there is no valid context; a state that is too long is left out, the trace is not.</summary>
    public static TraceContext? Read(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, null, out _)
            ? new TraceContext(traceParent!, traceState is { Length: > 0 and <= MaxStateChars } ? traceState : null)
            : null;

    /// <summary>Of the span under which a submission arrives.</summary>
    public static TraceContext? Of(Activity? activity) => activity is null ? null : Read(activity.Id, activity.TraceStateString);

    /// <summary>A run that nobody gave a context is a trace of its own, named after it: both are 128 bits.</summary>
    public static ActivityTraceId TraceIdOf(RunId run, TraceContext? context) =>
        ContextOf(context) is { } parent ? parent.TraceId : ActivityTraceId.CreateFromBytes(run.ToBytes());

    /// <summary>The parent of the run's own span.</summary>
    internal static ActivityContext ParentOf(RunId run, TraceContext? context) =>
        ContextOf(context) ?? new ActivityContext(TraceIdOf(run, null), default, ActivityTraceFlags.Recorded);

    /// <summary>Null where there is none.</summary>
    internal static ActivityContext? ContextOf(TraceContext? context) =>
        context is not null && ActivityContext.TryParse(context.Parent, context.State, out var parent) ? parent : null;
}
