namespace Orchestrator.Emulator.Settings;

/// <summary>What is put into a stream that is no event.</summary>
internal enum CommentStyle
{
    None = 0,

    /// <summary>A block of its own, <c>: ping</c> and a blank line, before every event.</summary>
    Between = 1,

    /// <summary>A comment line inside every event's block.</summary>
    Inside = 2,

    /// <summary>A blank line more before every event.</summary>
    Blank = 3,
}
