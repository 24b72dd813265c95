namespace Orchestrator.Client;

/// <summary>The answer as of <see cref="Run.Seq"/>.</summary>
public sealed record RunOutput
{
    public string? Text { get; init; }

    public string? Reasoning { get; init; }

    public IReadOnlyList<RunToolCall> ToolCalls { get; init => field = value ?? []; } = [];
}
