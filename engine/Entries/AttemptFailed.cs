using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Entries;

/// <summary>The attempt is over without a complete answer.</summary>
public sealed record AttemptFailed
{
    public required int Attempt { get; init; }

    public required RunError Error { get; init; }

    /// <summary>True where the host died under the attempt; counts towards the poison bound.</summary>
    public bool HostLost { get; init; }

    /// <summary>In [0, 1): spreads the wait before the next attempt.</summary>
    public double Jitter { get; init; }
}
