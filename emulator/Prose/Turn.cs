namespace Orchestrator.Emulator.Prose;

/// <summary>One message of a conversation: who said it, and its text with the parts joined.</summary>
internal sealed record Turn(string Role, string Text)
{
    private static readonly string[] AskToGoOn =
        ["continue", "go on", "carry on", "keep going", "left off", "broke off", "cut off", "was interrupted", "resume"];

    public bool IsAssistant => Role is "assistant" or "model";

    /// <summary>A user's turn that asks for the rest of the answer before it.</summary>
    public bool AsksToGoOn =>
        Role == "user" && AskToGoOn.Any(phrase => Text.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
