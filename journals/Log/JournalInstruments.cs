using System.Diagnostics.Metrics;

namespace Orchestrator.Journals;

/// <summary>The journal's metrics, of the meter <see cref="MeterName"/>.</summary>
internal sealed class JournalInstruments : IDisposable
{
    public const string MeterName = "Orchestrator.Journals";

    /// <summary>In seconds: an SSD takes a fraction of a millisecond, a far database some.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    };

    private static readonly InstrumentAdvice<long> Sizes = new()
    {
        HistogramBucketBoundaries = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitBytes;
    private readonly Counter<long> _appends;
    private readonly Counter<long> _compacted;
    private readonly Counter<long> _takenOver;

    public JournalInstruments()
    {
        _commitDuration = _meter.CreateHistogram<double>(
            "orchestrator.journal.commit.duration", "s", "Time the storage takes to make a commit durable", advice: Durations);
        _commitBytes = _meter.CreateHistogram<long>("orchestrator.journal.commit.size", "By", "Bytes of a commit's block", advice: Sizes);
        _appends = _meter.CreateCounter<long>("orchestrator.journal.appends", "{append}", "Appends, creations and releases committed");
        _compacted = _meter.CreateCounter<long>("orchestrator.journal.compacted", "By", "Bytes of the log that were moved to the runs' files");
        _takenOver = _meter.CreateCounter<long>("orchestrator.journal.takeovers", "{run}", "Runs taken from a writer that did not release them");
    }

    public void Committed(TimeSpan duration, int bytes, int appends)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _commitBytes.Record(bytes);
        _appends.Add(appends);
    }

    public void Compacted(long bytes) => _compacted.Add(bytes);

    public void TakenOver(int runs) => _takenOver.Add(runs);

    public void Dispose() => _meter.Dispose();
}
