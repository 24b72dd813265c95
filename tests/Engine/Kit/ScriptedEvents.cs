using System.Buffers;
using System.Text;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>
/// A stream whose events and end are known beforehand. As strict as a real one: what it lent is overwritten by the next wait.
/// </summary>
/// <param name="events">One text each.</param>
/// <param name="end">Told after them.</param>
/// <param name="packet">How many come at a time.</param>
internal sealed class ScriptedEvents(IEnumerable<string> events, StreamSignal end, int packet) : IEventStream
{
    public static readonly StreamSignal Clean = new(StreamSignalKind.CleanEnd, null);

    private readonly Queue<byte[]> _events = new(events.Select(Encoding.UTF8.GetBytes));
    private readonly List<byte[]> _lent = [];
    private int _ready;

    public bool Disposed { get; private set; }

    public ValueTask<StreamSignal> WaitAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        _lent.ForEach(static bytes => Array.Fill(bytes, (byte)'?'));
        _ready = Math.Min(packet, _events.Count);
        return new ValueTask<StreamSignal>(_ready > 0 ? new StreamSignal(StreamSignalKind.Events, null) : end);
    }

    public bool TryRead(out ReadOnlySequence<byte> raw)
    {
        raw = default;
        if (_ready == 0)
        {
            return false;
        }

        _ready--;
        var bytes = _events.Dequeue();
        _lent.Add(bytes);
        raw = new ReadOnlySequence<byte>(bytes);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
