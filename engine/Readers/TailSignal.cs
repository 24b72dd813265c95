namespace Orchestrator.Engine.Readers;

internal enum TailSignal
{
    /// <summary>There is more to read, or nothing more will come.</summary>
    Moved = 1,

    /// <summary>The wait was broken off for a sign of life to the reader's client.</summary>
    Quiet = 2,

    Cancelled = 3,
}
