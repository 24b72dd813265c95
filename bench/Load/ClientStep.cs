namespace Orchestrator.Bench.Load;

/// <summary>What becomes of a client after what it received.</summary>
internal enum ClientStep
{
    None = 0,

    /// <summary>It waits for more.</summary>
    GoOn = 1,

    /// <summary>It has all.</summary>
    Completed = 2,

    /// <summary>Its connection is gone, and it comes back.</summary>
    Reconnect = 3,

    /// <summary>See <see cref="LoadClient.Failure"/>.</summary>
    Failed = 4,
}
