using System.Buffers;
using Orchestrator.Gateway;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>A connection to a <see cref="SteppedGeneration"/>.</summary>
internal sealed class SteppedStream(SteppedGeneration generation, int from) : IEventStream
{
    private int _next = from;
    private bool _closed;

    public async ValueTask<StreamSignal> WaitAsync(CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var (allowed, moved) = generation.Look();
            if (_next < allowed)
            {
                return new StreamSignal(StreamSignalKind.Events, null);
            }

            if (_next >= generation.Events.Count)
            {
                return new StreamSignal(StreamSignalKind.CleanEnd, null);
            }

            await moved.WaitAsync(ct);
        }
    }

    public bool TryRead(out ReadOnlySequence<byte> raw)
    {
        raw = default;
        if (_next >= generation.Look().Allowed)
        {
            return false;
        }

        raw = new ReadOnlySequence<byte>(generation.Events[_next++]);
        return true;
    }

    public ValueTask DisposeAsync()
    {
        if (!_closed)
        {
            _closed = true;
            generation.Closed();
        }

        return ValueTask.CompletedTask;
    }
}
