using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(RunStatusConverter))]
public enum RunStatus
{
    /// <summary>A status that this client does not know: a newer service.</summary>
    Unknown = 0,
    Queued = 1,
    Running = 2,
    Completed = 3,
    Failed = 4,
    Cancelled = 5,
}
