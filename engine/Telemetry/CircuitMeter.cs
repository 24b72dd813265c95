using System.Diagnostics.Metrics;

namespace Orchestrator.Engine.Telemetry;

/// <summary>Counts a model's circuit as open from its first opening to its closing, however often a probe fails in between. Thread-safe.</summary>
internal sealed class CircuitMeter(string model)
{
    public const string OpenName = "orchestrator.circuits.open";

    public const string OpenedName = "orchestrator.circuits.opened";

    private static readonly Counter<long> Openings = EngineTelemetry.Meter.CreateCounter<long>(
        OpenedName, "{circuit}", "Openings of circuits: the model's dispatches are refused for a while");

    private static readonly UpDownCounter<long> Open = EngineTelemetry.Meter.CreateUpDownCounter<long>(
        OpenName, "{circuit}", "Circuits that are open at present");

    private readonly KeyValuePair<string, object?> _model = new(RunInstruments.Model, model);
    private readonly Lock _lock = new();
    private bool _open;
    private bool _gone;

    public ValueTask OnOpened()
    {
        lock (_lock)
        {
            if (!_gone)
            {
                Openings.Add(1, _model);
                Turn(open: true);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask OnClosed()
    {
        lock (_lock)
        {
            Turn(open: false);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing is sent through the circuit any more, so that nothing would ever close it: from here on it is not counted.</summary>
    public void OnGone()
    {
        lock (_lock)
        {
            Turn(open: false);
            _gone = true;
        }
    }

    private void Turn(bool open)
    {
        if (_open != open)
        {
            _open = open;
            Open.Add(open ? 1 : -1, _model);
        }
    }
}
