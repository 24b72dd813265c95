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

    /// <summary>A whole answer that is no text: as it came.</summary>
    public AnswerDocument? Document { get; init; }
}
