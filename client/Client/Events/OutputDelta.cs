namespace Orchestrator.Client;

/// <summary>The next piece of the answer's text.</summary>
public sealed record OutputDelta : AttemptEvent
{
    public string Text { get; init => field = value ?? ""; } = "";
}
