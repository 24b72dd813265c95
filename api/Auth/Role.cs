namespace Orchestrator.Api.Auth;

/// <summary>What a key may do for its tenant. A key can have several.</summary>
[Flags]
internal enum Role
{
    /// <summary>Nothing but to be known.</summary>
    None = 0,

    /// <summary>Submit runs, cancel them, and give feedback on them.</summary>
    Submit = 1,

    /// <summary>Read runs: lists, events, streams, outputs and logs.</summary>
    Read = 2,

    /// <summary>Everything that <see cref="Submit"/> and <see cref="Read"/> may, and delete runs.</summary>
    Operate = 4,
}
