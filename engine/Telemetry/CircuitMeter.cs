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
    private int _open;

    public ValueTask OnOpened()
    {
        Openings.Add(1, _model);
        Turn(to: 1);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnClosed()
    {
        Turn(to: 0);
        return ValueTask.CompletedTask;
    }

    private void Turn(int to)
    {
        if (Interlocked.Exchange(ref _open, to) != to)
        {
            Open.Add(to == 1 ? 1 : -1, _model);
        }
    }
}
