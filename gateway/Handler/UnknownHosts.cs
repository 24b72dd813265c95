namespace Orchestrator.Gateway;

/// <summary>What becomes of a request whose URL is no provider's. The numbers never change.</summary>
public enum UnknownHosts : byte
{
    /// <summary>A <see cref="HandlerRefusalException"/>, and nothing is sent.</summary>
    Refuse = 1,

    /// <summary>It goes to its own URL, untouched, with its keys and without any of the gateway's headers.</summary>
    PassThrough = 2,
}
