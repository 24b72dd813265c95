using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>A run to dispatch.</summary>
public sealed record RunRequest
{
    /// <summary>See <see cref="ModelSlug"/>; an alias is dispatched as its canonical slug.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The model's own inputs: a JSON object in UTF-8. Sent as it is but for <c>stream</c> and <c>stream_options</c>, see
    /// <see cref="Stream"/>. Not copied: it must not change before the reply is there.
    /// </summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>To the provider. See <see cref="HeaderRules"/>. No value of them gets into an error's message.</summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Requests with the same key go to the same instance of a Workers AI model, where its prompt cache is.</summary>
    public string? SessionAffinity { get; init; }

    /// <summary>
    /// True sets <c>stream: true</c> in the inputs, and where the model answers on the OpenAI wire
    /// <c>stream_options.include_usage: true</c> unless the inputs have a say on that. False turns a <c>stream</c> that is there to false.
    /// </summary>
    public bool Stream { get; init; } = true;
}
