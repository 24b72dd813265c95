namespace Orchestrator.Client;

/// <summary>What one step on an event stream brought: an event, the stream's end by a drop, or the knowledge that nothing follows.</summary>
internal readonly record struct StreamStep
{
    private StreamStep(StreamStepKind kind) => Kind = kind;

    public StreamStepKind Kind { get; }

    public WireEvent Event { get; private init; }

    public DropReason Reason { get; private init; }

    public Exception? Cause { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public static StreamStep Opened() => new(StreamStepKind.Opened);

    public static StreamStep Finished() => new(StreamStepKind.Finished);

    public static StreamStep Next(WireEvent next) => new(StreamStepKind.Event) { Event = next };

    public static StreamStep Dropped(DropReason reason, Exception? cause = null, TimeSpan? retryAfter = null) =>
        new(StreamStepKind.Dropped) { Reason = reason, Cause = cause, RetryAfter = retryAfter };
}
