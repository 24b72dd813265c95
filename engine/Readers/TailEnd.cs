namespace Orchestrator.Engine.Readers;

internal enum TailEnd
{
    Open = 0,

    /// <summary>The run has ended: its last entry is committed.</summary>
    Ended = 1,

    /// <summary>The run goes on at another host, or later: readers come back with their cursor.</summary>
    Moved = 2,
}
