using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Prose;
using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Wires;

/// <summary>What a model says, before it takes any wire's shape. Follows from seed, model and inputs.</summary>
internal sealed record Answer
{
    private const long CreatedFrom = 1_760_000_000;
    private const long CreatedSpread = 20_000_000;
    private const ulong ReasoningKey = 0x5EA5;

    private Answer(string model, ulong identity)
    {
        Model = model;
        Identity = identity;
        Token = identity.ToString("x16", CultureInfo.InvariantCulture);
        Created = CreatedFrom + (long)(identity % CreatedSpread);
    }

    /// <summary>The model's name at its provider.</summary>
    public string Model { get; }

    /// <summary>Follows from seed, model and inputs.</summary>
    public ulong Identity { get; }

    /// <summary>How many times the model was asked the same before.</summary>
    public int Occasion { get; init; }

    /// <summary>16 hexadecimal digits that the wire's own ids are made of.</summary>
    public string Token { get; }

    /// <summary>Unix seconds, derived like the ids: not when it was asked.</summary>
    public long Created { get; }

    public required Text Text { get; init; }

    public Text? Reasoning { get; init; }

    public ToolCall? Tool { get; init; }

    /// <summary>All of them, whether or not a cache had to do with them.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Of the prompt: read from the provider's cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Of the prompt: written into the provider's cache. Only Anthropic tells them apart.</summary>
    public int CacheWrittenTokens { get; init; }

    /// <summary>A number for each text that was asked with.</summary>
    public required IReadOnlyList<ulong> Inputs { get; init; }

    /// <summary>The inputs themselves, for models that answer at once; undefined for the others.</summary>
    public JsonElement Asked { get; init; }

    public int ReasoningTokens => Reasoning?.Words ?? 0;

    public int CompletionTokens => Text.Words + ReasoningTokens + (Tool is null ? 0 : ToolCall.Tokens);

    public int TotalTokens => PromptTokens + CompletionTokens;

    /// <param name="model">The model, for ids and the name in the answer. The text does not depend on it, so that another one can continue it.</param>
    /// <param name="settings">The run's settings.</param>
    /// <param name="conversation">What was asked, and which part of the answer is there already.</param>
    /// <param name="inputs">A number for the inputs as they were sent.</param>
    public static Answer To(ModelName model, RunSettings settings, Conversation conversation, ulong inputs)
    {
        var key = Mix.Of(settings.Seed, conversation.Key);
        var wordsPerPiece = Math.Max(1, (int)Math.Round(settings.TextBytes / Vocabulary.MeanBytes));
        Text WholeText(ulong from) => new(from, settings.Events, wordsPerPiece, settings.BigBytes);

        // A prefix that this text does not begin with was said by somebody else: go on with something, as a model would.
        var said = conversation.Answered[..^Math.Min(settings.RepeatChars, conversation.Answered.Length)];
        said = said.Length > 0 && char.IsHighSurrogate(said[^1]) ? said[..^1] : said;
        var text = WholeText(key).After(said) ?? WholeText(Mix.Of(key, Mix.Of(conversation.Answered)));
        return new Answer(model.NameAtProvider, Mix.Of(Mix.Of(settings.Seed, Mix.Of(model.Slug)), inputs))
        {
            Text = text,
            Reasoning = settings.ReasoningEvents > 0 ? new Text(Mix.Of(key, ReasoningKey), settings.ReasoningEvents) : null,
            Tool = settings.Tool ? ToolCall.From(key) : null,
            PromptTokens = conversation.PromptTokens + settings.CachedTokens + settings.CacheWrittenTokens,
            CachedTokens = settings.CachedTokens,
            CacheWrittenTokens = settings.CacheWrittenTokens,
            Inputs = conversation.Inputs,
        };
    }
}
