using System.Text.Json.Nodes;

namespace Orchestrator.Client;

/// <summary>What to note on the gateway log of the serving attempt. What is null is left as it is there.</summary>
public sealed record RunFeedback
{
    /// <summary>1 for good, -1 for bad, 0 for neither.</summary>
    public int? Feedback { get; init; }

    public double? Score { get; init; }

    public JsonObject? Metadata { get; init; }
}
