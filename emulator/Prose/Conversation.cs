using System.Text.Json;

namespace Orchestrator.Emulator.Prose;

/// <summary>
/// What was said so far, read from inputs of any schema, split into the conversation that asks for the answer and the part of
/// that answer which is there already: an assistant's turn at the end (prefill), or one followed by a user's wish to go on.
/// </summary>
internal sealed record Conversation(IReadOnlyList<Turn> Asked, string Answered, bool EndsWithAssistant)
{
    /// <summary>Follows from the turns that ask, not from how their JSON was written.</summary>
    public ulong Key { get; } = Mix.Of(JsonSerializer.Serialize(Asked.Select(static t => $"{t.Role}\0{t.Text}"), ProseJson.Default.IEnumerableString));

    /// <summary>Rough, as many tokens as quarters of characters, and the images': only usage figures are made from it.</summary>
    public int PromptTokens => 3 + ((Asked.Sum(static t => t.Text.Length) + Answered.Length) / 4) + (Asked.Sum(static t => t.Pictures) * Picture.Tokens);

    /// <summary>There is an image in it that no model could look at.</summary>
    public bool HasBadPicture => Asked.Any(static t => t.HasBadPicture);

    /// <summary>A number for each turn that asks, which follows from its text.</summary>
    public IReadOnlyList<ulong> Inputs { get; } = [.. Asked.Select(static t => Mix.Of(t.Text))];

    public static Conversation Read(JsonElement inputs)
    {
        var turns = TurnReader.Read(inputs);
        var endsWithAssistant = turns.Count > 0 && turns[^1].IsAssistant;
        var asked = turns.Count;
        var answered = "";
        while (TrailingAnswer(turns, asked) is int at && at > 0)
        {
            answered = turns[at].Text + answered;
            asked = at;
        }

        return new([.. turns.Take(asked)], answered, endsWithAssistant);
    }

    /// <summary>Where the partial answer before <paramref name="end"/> is, if one is.</summary>
    private static int? TrailingAnswer(List<Turn> turns, int end)
    {
        if (end >= 1 && turns[end - 1].IsAssistant)
        {
            return end - 1;
        }

        return end >= 2 && turns[end - 1].AsksToGoOn && turns[end - 2].IsAssistant ? end - 2 : null;
    }
}
