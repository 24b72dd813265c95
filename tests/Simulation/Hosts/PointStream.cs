using System.Buffers;
using Orchestrator.Gateway;

namespace Orchestrator.Simulation.Tests.Hosts;

internal sealed class PointStream(IEventStream inner, Host host) : IEventStream
{
    public ValueTask<StreamSignal> WaitAsync(CancellationToken ct)
    {
        // As a real stream: what is there at once is told at once.
        var point = host.PointAsync("wait");
        var wait = point.IsCompletedSuccessfully ? inner.WaitAsync(ct) : default;
        return point.IsCompletedSuccessfully && wait.IsCompleted ? wait : WaitedAsync(point, wait, ct);
    }

    public bool TryRead(out ReadOnlySequence<byte> raw) => inner.TryRead(out raw);

    public ValueTask DisposeAsync() => host.IsDead ? ValueTask.CompletedTask : inner.DisposeAsync();

    private async ValueTask<StreamSignal> WaitedAsync(Task point, ValueTask<StreamSignal> wait, CancellationToken ct)
    {
        var signal = point.IsCompletedSuccessfully ? await wait : await LaterAsync(point, ct);
        await host.PointAsync("events");
        return signal;
    }

    private async ValueTask<StreamSignal> LaterAsync(Task point, CancellationToken ct)
    {
        await point;
        return await inner.WaitAsync(ct);
    }
}
