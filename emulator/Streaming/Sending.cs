using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Streaming;

/// <summary>How far one connection is, and what it does next. Decides only: it neither waits nor writes.</summary>
internal sealed class Sending(EmulatedRun run, ConnectionFaults faults, int from)
{
    private readonly EventScript _script = run.Script();
    private int _next = from;
    private long _sent;

    /// <summary>When the next event is made.</summary>
    public long DueAt => run.Clock.DueAt(_next);

    /// <summary>Every event was sent: a reader that leaves now misses nothing.</summary>
    public bool IsComplete => _next >= _script.Events;

    /// <summary>The step for this instant. For <see cref="SendStep.Write"/> the slab holds the bytes, and they count as sent.</summary>
    public SendStep Next(long now, ByteSlab slab, int slabBytes)
    {
        if (_sent >= faults.ByteLimit)
        {
            return SendStep.Break;
        }

        if (IsComplete)
        {
            return SendStep.End;
        }

        if (_next >= faults.StallAt)
        {
            return SendStep.Stall;
        }

        if (_next >= faults.EndAt)
        {
            return SendStep.EndEarly;
        }

        var available = Math.Min(run.Clock.Available(now), Math.Min(faults.StallAt, faults.EndAt));
        if (_next >= available)
        {
            return SendStep.WaitForEvent;
        }

        Fill(slab, available, slabBytes);
        return SendStep.Write;
    }

    private void Fill(ByteSlab slab, int available, int slabBytes)
    {
        var first = _next;
        var room = faults.ByteLimit - _sent;
        while (_next < available && slab.Length < slabBytes && slab.Length < room)
        {
            _script.Write(_next, slab);
            if (slab.Length > room)
            {
                slab.Truncate((int)room);
                break;
            }

            _next++;
        }

        _sent += slab.Length;
        run.OnSent(_next - first, slab.Length);
    }
}
