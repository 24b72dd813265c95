namespace Orchestrator.Gateway;

/// <summary>A way to the model. The numbers never change.</summary>
public enum TransportKind : byte
{
    /// <summary>The run path: the gateway buffers the answer, and it can be resumed.</summary>
    Run = 1,

    /// <summary>The gateway path: caching, server-side fallback, stored keys; no resume.</summary>
    Gateway = 2,

    /// <summary>Past the gateway, to an endpoint of the caller's own (<see cref="DirectUpstream"/>); no resume.</summary>
    Direct = 3,
}
