namespace Orchestrator.Client;

public sealed record RunWarning
{
    public string? Code { get; init; }

    public string? Message { get; init; }
}
