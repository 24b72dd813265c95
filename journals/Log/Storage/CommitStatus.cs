namespace Orchestrator.Journals.Storage;

internal enum CommitStatus
{
    /// <summary>Durable, all of it.</summary>
    Committed = 1,

    /// <summary>The segment is sealed or gone; nothing was done.</summary>
    Sealed = 2,

    /// <summary>Some creations can not be; nothing was done.</summary>
    Conflict = 3,

    /// <summary>The storage did not say. The block may be there, or may still get there until the segment is sealed; nothing more is
    /// committed to that segment. Without a block, its changes of the directory may be there, or get there later.</summary>
    InDoubt = 4,
}
