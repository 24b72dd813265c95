namespace Orchestrator.Gateway;

/// <summary>The events of OpenAI responses that say something.</summary>
internal enum ResponsesEventKind : byte
{
    /// <summary>Progress, or what an earlier event has said already.</summary>
    Other = 0,
    Text,
    Reasoning,
    SummaryPart,
    Arguments,
    ItemAdded,
    Ended,
    Failed,
}
