namespace Orchestrator.Emulator.Streaming;

/// <summary>What a connection does next.</summary>
internal enum SendStep
{
    None = 0,

    /// <summary>Write what is in the slab.</summary>
    Write = 1,

    /// <summary>Wait until the next event is made.</summary>
    WaitForEvent = 2,

    /// <summary>Say nothing more.</summary>
    Stall = 3,

    /// <summary>Reset the connection.</summary>
    Break = 4,

    /// <summary>End as if all was sent.</summary>
    EndEarly = 5,

    /// <summary>All was sent.</summary>
    End = 6,
}
