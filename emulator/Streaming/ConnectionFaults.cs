using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Streaming;

/// <summary>What goes wrong on one of a run's connections.</summary>
/// <param name="ByteLimit">Body bytes after which it is reset.</param>
/// <param name="StallAt">The event before which it falls silent.</param>
/// <param name="EndAt">The event before which it ends cleanly.</param>
/// <param name="OneByte">Every byte is a packet of its own.</param>
internal readonly record struct ConnectionFaults(long ByteLimit, int StallAt, int EndAt, bool OneByte)
{
    /// <param name="settings">The run's settings.</param>
    /// <param name="connection">Which of the run's connections, from 0.</param>
    public static ConnectionFaults Of(RunSettings settings, int connection)
    {
        long On(Fault? fault, long otherwise) => fault is { } f && f.StrikesAt(connection) ? f.Value : otherwise;
        return new(
            Math.Min(On(settings.Drop, long.MaxValue), On(settings.DropEvery, long.MaxValue)),
            (int)Math.Min(int.MaxValue, On(settings.Stall, int.MaxValue)),
            (int)Math.Min(int.MaxValue, On(settings.CleanEnd, int.MaxValue)),
            On(settings.OneByte, 0) == 1);
    }
}
