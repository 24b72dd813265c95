using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>What is measured of one model, which no other test has: theirs is heard as well.</summary>
internal sealed class HeardMeasures : IDisposable
{
    private readonly ConcurrentQueue<(string Metric, double Value, IReadOnlyDictionary<string, object?> Tags)> _heard = new();
    private readonly MeterListener _listener = new();
    private readonly string _model;

    public HeardMeasures(string model)
    {
        _model = model;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
        _listener.Start();
    }

    /// <summary>All that was said of a metric, one after the other, as <c>value name=value …</c> without the model.</summary>
    public string[] Of(string metric) => [.. _heard.Where(one => one.Metric == metric).Select(static one => string.Join(
        ' ',
        one.Tags.Where(static tag => tag.Key is not (RunInstruments.Model or GenAi.RequestModel)).Select(static tag => FormattableString.Invariant($"{tag.Key}={tag.Value}"))
            .Prepend(FormattableString.Invariant($"{one.Value}"))))];

    public void Dispose() => _listener.Dispose();

    private void Hear(string metric, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            all[tag.Key] = tag.Value;
        }

        if (_model.Equals(all.GetValueOrDefault(RunInstruments.Model) ?? all.GetValueOrDefault(GenAi.RequestModel)))
        {
            _heard.Enqueue((metric, value, all));
        }
    }
}
