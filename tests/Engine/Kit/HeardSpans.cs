using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>The spans of one run that have ended, as an exporter would get them.</summary>
internal sealed class HeardSpans : IDisposable
{
    private static int _seed;

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public HeardSpans()
    {
        var trace = TraceContext.TraceIdOf(Run, null);
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == EngineTelemetry.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace && span.Recorded)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Nobody else's: the other tests' spans are heard as well.</summary>
    public RunId Run { get; } = RunId.Create(TimeProvider.System.GetUtcNow(), new Random(Interlocked.Increment(ref _seed)));

    /// <summary>In the order of their beginnings; of equal ones, parents first.</summary>
    public IReadOnlyList<Activity> All => [.. _spans.OrderBy(static span => span.StartTimeUtc).ThenByDescending(static span => span.Duration).ThenBy(static span => span.ParentSpanId != default)];

    public Activity One(string name) => Assert.Single(_spans, span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
