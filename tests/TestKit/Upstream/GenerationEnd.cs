namespace Orchestrator.TestKit.Upstream;

/// <summary>What comes after a generation's last event.</summary>
public enum GenerationEnd
{
    /// <summary>The gateway closes the stream in order.</summary>
    Clean = 0,

    /// <summary>Nothing, for ever: the provider froze.</summary>
    Frozen = 1,
}
