namespace Orchestrator.Gateway;

/// <summary>What a <see cref="Delta"/> adds to. The numbers never change.</summary>
public enum DeltaKind : byte
{
    /// <summary>The answer, refusals included.</summary>
    Text = 1,

    Reasoning = 2,

    /// <summary>A part of a tool call's arguments; its first delta names the tool.</summary>
    ToolCall = 3,
}
