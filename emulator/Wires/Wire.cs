using System.Collections.Frozen;
using System.Text.Json;
using Orchestrator.Emulator.Tasks;

namespace Orchestrator.Emulator.Wires;

/// <summary>One provider's way of putting an answer on the wire.</summary>
internal abstract class Wire
{
    private static readonly FrozenDictionary<WireFormat, Wire> All = new Dictionary<WireFormat, Wire>
    {
        [WireFormat.OpenAi] = new OpenAiWire(),
        [WireFormat.Anthropic] = new AnthropicWire(),
        [WireFormat.WorkersAi] = new WorkersAiWire(),
        [WireFormat.Google] = new GoogleWire(),
        [WireFormat.OpenAiResponses] = new ResponsesWire(),
        [WireFormat.Embeddings] = new EmbeddingsWire(),
        [WireFormat.TextEmbeddings] = new TextEmbeddingsWire(),
        [WireFormat.Image] = new ImageWire(inJson: false),
        [WireFormat.ImageInJson] = new ImageWire(inJson: true),
        [WireFormat.Transcription] = new TranscriptionWire(),
        [WireFormat.Speech] = new SpeechWire(inJson: false),
        [WireFormat.SpeechInJson] = new SpeechWire(inJson: true),
        [WireFormat.Rerank] = new RerankWire(),
        [WireFormat.TextClassification] = new ClassificationWire("text", "NEGATIVE", "POSITIVE"),
        [WireFormat.ImageClassification] = new ClassificationWire("image", "LIGHTHOUSE", "HARBOUR", "BRIDGE", "COMPASS", "LANTERN"),
        [WireFormat.Translation] = new TranslationWire(),
        [WireFormat.Summary] = new SummaryWire(),
        [WireFormat.AiSearch] = new AiSearchWire(),
    }.ToFrozenDictionary();

    /// <summary>How its lines end.</summary>
    public virtual string LineEnd => "\n";

    public static Wire For(WireFormat format) => All[format];

    /// <summary>Whether it has streams at all; an answer is one document where it has none.</summary>
    public virtual bool Streams => true;

    /// <summary>The first property that the model can not do without and the inputs lack; null where all is there.</summary>
    public virtual string? Lacks(JsonElement inputs) => null;

    /// <summary>Tells the script every event of the streamed answer, in order.</summary>
    public abstract void Stream(Answer answer, EventScriptBuilder script);

    /// <summary>Tells the script the event that says that the generation failed.</summary>
    public abstract void Fail(EventScriptBuilder script);

    /// <summary>What <see cref="WriteWhole"/> writes; null is JSON.</summary>
    public virtual string? ContentTypeOf(Answer answer) => null;

    /// <summary>Writes the answer as one document.</summary>
    public abstract void WriteWhole(Answer answer, ByteSlab to);

    /// <summary>The body of an error that the provider itself answers.</summary>
    /// <param name="type">Its class, for example <c>rate_limit_error</c>.</param>
    /// <param name="code">The provider's code, or null.</param>
    /// <param name="message">What went wrong.</param>
    public abstract string ErrorBody(string type, string? code, string message);

    /// <summary>What OpenAI and those that follow it have in a usage besides where a cache was read; otherwise nothing.</summary>
    /// <param name="answer">Whose usage it is.</param>
    /// <param name="input">What the wire calls the input.</param>
    protected static string Cached(Answer answer, string input) =>
        answer.CachedTokens == 0 ? "" : $",\"{input}_tokens_details\":{{\"cached_tokens\":{answer.CachedTokens}}}";
}
