namespace Orchestrator.Client;

/// <summary>A tool call of the answer.</summary>
public sealed record RunToolCall
{
    public int Index { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>JSON text, as the model wrote it; not checked.</summary>
    public string? Arguments { get; init; }
}
