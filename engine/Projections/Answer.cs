namespace Orchestrator.Engine.Projections;

/// <summary>The output of a run so far, put together from its pieces.</summary>
public sealed record Answer
{
    public string Text { get; init; } = "";

    /// <summary>Null where the model showed none.</summary>
    public string? Reasoning { get; init; }

    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The model wrote the call that it was made to make as its text; see <see cref="LeakedToolCall"/>.</summary>
    public bool ToolCallWasText { get; init; }

    /// <summary>Whole answers that are no text, in the order of their parts: none, or as many as the run has results so far.</summary>
    public IReadOnlyList<AnswerDocument> Documents { get; init; } = [];
}
