using System.Diagnostics.Metrics;

namespace Orchestrator.Engine.Telemetry;

/// <summary>
/// What this process's own metrics tell of the last minute, for who has no collector at hand: it listens from when it is made. Thread-safe.
/// </summary>
public sealed class HostMeter : IDisposable
{
    /// <summary>The journal's: the only duration that is listened to.</summary>
    private const string CommitsName = "orchestrator.journal.commit.duration";

    /// <summary>Over which rates and shares are told.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _since;
    private readonly RecentValues _commits = new(Window);
    private readonly RecentCounts _commitCounts = new(Window);
    private readonly RecentCounts _events = new(Window);
    private readonly Dictionary<string, long> _circuits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _phases = new(StringComparer.Ordinal);
    private DateTimeOffset? _lastAnswer;
    private UpstreamTrouble? _lastTrouble;

    public HostMeter(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _since = clock.GetUtcNow();
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name is CommitsName or CircuitMeter.OpenName or CircuitMeter.OpenedName
                or RunInstruments.EventsName or RunInstruments.FailuresName or RunInstruments.ActiveName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(OnDuration);
        _listener.SetMeasurementEventCallback<long>(OnCount);
        _listener.Start();
    }

    public HostReading Read()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            var over = Math.Max(1, Math.Min(Window.TotalSeconds, (now - _since).TotalSeconds));
            var commits = _commits.Sorted(now);
            return new HostReading
            {
                CommitsPerSecond = _commitCounts.Sum(now) / over,
                CommitP50 = Quantile(commits, 0.5),
                CommitP99 = Quantile(commits, 0.99),
                EventsPerSecond = _events.Sum(now) / over,
                OpenCircuits =
                [
                    .. _circuits.Where(static one => one.Value > 0).OrderBy(static one => one.Key, StringComparer.Ordinal)
                        .Select(one => new OpenCircuit(one.Key, _opened.GetValueOrDefault(one.Key, now))),
                ],
                Phases = new Dictionary<string, long>(_phases.Where(static one => one.Value > 0), StringComparer.Ordinal),
                LastAnswer = _lastAnswer,
                LastTrouble = _lastTrouble,
            };
        }
    }

    public void Dispose() => _listener.Dispose();

    private static double? Quantile(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value as string ?? "";
            }
        }

        return "";
    }

    private void OnDuration(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            _commits.Add(now, value);
            _commitCounts.Add(now, 1);
        }
    }

    private void OnCount(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            switch (instrument.Name)
            {
                case RunInstruments.EventsName:
                    _events.Add(now, value);
                    _lastAnswer = now;
                    break;
                case RunInstruments.FailuresName:
                    OnFailure(now, Of(tags, RunInstruments.Model), Of(tags, GenAi.ErrorType));
                    break;
                case RunInstruments.ActiveName:
                    Add(_phases, Of(tags, RunInstruments.Phase), value);
                    break;
                case CircuitMeter.OpenName:
                    OnCircuit(Of(tags, RunInstruments.Model), value);
                    break;
                case CircuitMeter.OpenedName:
                    _opened[Of(tags, RunInstruments.Model)] = now;
                    break;
            }
        }
    }

    private void OnCircuit(string model, long change)
    {
        Add(_circuits, model, change);
        if (!_circuits.ContainsKey(model))
        {
            _opened.Remove(model);
        }
    }

    private void OnFailure(DateTimeOffset now, string model, string code)
    {
        if (UpstreamFaults.IsUpstreams(code))
        {
            _lastTrouble = new UpstreamTrouble(now, model, code);
        }
        else if (UpstreamFaults.IsAnswer(code))
        {
            _lastAnswer = now;
        }
    }

    /// <summary>Model names come from callers: what is zero again is not kept.</summary>
    private static void Add(Dictionary<string, long> sums, string key, long value)
    {
        if ((sums[key] = sums.GetValueOrDefault(key) + value) == 0)
        {
            sums.Remove(key);
        }
    }
}
