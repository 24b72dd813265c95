namespace Orchestrator.Emulator.Prose;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Text">Its parts, joined; an image is there by its name.</param>
/// <param name="Pictures">How many images are in it.</param>
/// <param name="HasBadPicture">One of them is nothing that a model could look at.</param>
internal sealed record Turn(string Role, string Text, int Pictures = 0, bool HasBadPicture = false)
{
    private static readonly string[] AskToGoOn =
        ["continue", "go on", "carry on", "keep going", "left off", "broke off", "cut off", "was interrupted", "resume"];

    public bool IsAssistant => Role is "assistant" or "model";

    /// <summary>A user's turn that asks for the rest of the answer before it.</summary>
    public bool AsksToGoOn =>
        Role == "user" && AskToGoOn.Any(phrase => Text.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
