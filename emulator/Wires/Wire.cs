namespace Orchestrator.Emulator.Wires;

/// <summary>One provider's way of putting an answer on the wire.</summary>
internal abstract class Wire
{
    private static readonly Wire OpenAi = new OpenAiWire();
    private static readonly Wire Anthropic = new AnthropicWire();
    private static readonly Wire WorkersAi = new WorkersAiWire();
    private static readonly Wire Google = new GoogleWire();
    private static readonly Wire Responses = new ResponsesWire();
    private static readonly Wire Embeddings = new EmbeddingsWire();

    /// <summary>How its lines end.</summary>
    public virtual string LineEnd => "\n";

    public static Wire For(WireFormat format) => format switch
    {
        WireFormat.OpenAi => OpenAi,
        WireFormat.Anthropic => Anthropic,
        WireFormat.WorkersAi => WorkersAi,
        WireFormat.Google => Google,
        WireFormat.OpenAiResponses => Responses,
        WireFormat.Embeddings => Embeddings,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such wire."),
    };

    /// <summary>Whether it has streams at all; an answer is one document where it has none.</summary>
    public virtual bool Streams => true;

    /// <summary>Tells the script every event of the streamed answer, in order.</summary>
    public abstract void Stream(Answer answer, EventScriptBuilder script);

    /// <summary>Tells the script the event that says that the generation failed.</summary>
    public abstract void Fail(EventScriptBuilder script);

    /// <summary>Writes the answer as one JSON document.</summary>
    public abstract void WriteWhole(Answer answer, ByteSlab to);

    /// <summary>The body of an error that the provider itself answers.</summary>
    /// <param name="type">Its class, for example <c>rate_limit_error</c>.</param>
    /// <param name="code">The provider's code, or null.</param>
    /// <param name="message">What went wrong.</param>
    public abstract string ErrorBody(string type, string? code, string message);
}
