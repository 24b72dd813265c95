namespace Orchestrator.Client;

internal enum StreamStepKind
{
    /// <summary>The stream is open.</summary>
    Opened = 1,

    /// <summary>An event came.</summary>
    Event = 2,

    /// <summary>The run is finished and nothing follows the cursor.</summary>
    Finished = 3,

    /// <summary>The stream ended before the run did.</summary>
    Dropped = 4,
}
