namespace Orchestrator.Engine.Entries;

/// <summary>The kinds of journal entries. The numbers are on disk: they never change, and 0 is never valid.</summary>
public enum EntryKind : byte
{
    RunSubmitted = 1,
    AttemptStarted = 2,
    AttemptAttached = 3,
    UpstreamEvent = 4,
    AttemptDetached = 5,
    AttemptReattached = 6,
    AttemptResult = 7,
    AttemptFailed = 8,
    RunEnded = 9,
    RunQueued = 10,
}
