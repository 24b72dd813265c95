using System.Text.Json.Serialization;

namespace Orchestrator.Client;

/// <summary>What became of one of many runs.</summary>
[JsonConverter(typeof(BulkOutcomeConverter))]
public enum BulkOutcome
{
    /// <summary>It failed (<see cref="BulkResult.Error"/> tells why), or this client does not know the outcome: a newer service.</summary>
    Unknown = 0,
    Cancelled = 1,
    Deleted = 2,

    /// <summary>There was nothing to cancel: it had ended, or ended by itself meanwhile.</summary>
    AlreadyEnded = 3,

    /// <summary>It is as it was: a run that is active is not deleted, and one that no host works on at the moment is not cancelled.</summary>
    Active = 4,

    /// <summary>It never was, is another tenant's, or was removed.</summary>
    NotFound = 5,
}
