namespace Orchestrator.Client;

/// <summary>What an attempt has used, as its provider counts it (<c>usage</c> on the wire).</summary>
public sealed record UsageReported : AttemptEvent
{
    public Usage? Usage { get; init; }
}
