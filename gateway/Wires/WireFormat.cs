namespace Orchestrator.Gateway;

/// <summary>The shape in which a model answers. The numbers never change.</summary>
public enum WireFormat : byte
{
    /// <summary>Not known beforehand: each event is read by what is in it, as for <see cref="WorkersAi"/>.</summary>
    Unknown = 0,

    /// <summary>OpenAI chat completions and their chunks.</summary>
    OpenAi = 1,

    /// <summary>Anthropic messages and their events.</summary>
    Anthropic = 2,

    /// <summary>Workers AI: its native <c>{"response": …}</c>, OpenAI chunks, or OpenAI responses.</summary>
    WorkersAi = 3,

    /// <summary>Google's native shape. The run path does not speak it, the gateway path does. It has no end marker.</summary>
    Google = 4,

    /// <summary>OpenAI responses and their events.</summary>
    OpenAiResponses = 5,

    /// <summary>A result that is no conversation: handed on whole, see <see cref="ModelTasks.Streams"/>.</summary>
    Document = 6,
}
