namespace Orchestrator.Engine.Entries;

/// <summary>Why a connection is gone. Public: they appear in events.</summary>
public static class DetachReasons
{
    public const string Broken = "connection-broken";
    public const string CleanEnd = "clean-end";
    public const string Idle = "idle";

    /// <summary>The host died, or nobody knows that it lives. Counts towards the poison bound.</summary>
    public const string HostLost = "host-lost";

    /// <summary>The host stopped in order, or lives and has lost the run to another one.</summary>
    public const string HostStopped = "host-stopped";
}
