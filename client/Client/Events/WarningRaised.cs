namespace Orchestrator.Client;

/// <summary>Something the caller should know that does not stop the run (<c>warning</c> on the wire).</summary>
public sealed record WarningRaised : RunEvent
{
    public string? Code { get; init; }

    public string? Message { get; init; }
}
