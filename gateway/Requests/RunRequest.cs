using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>A run to dispatch.</summary>
public sealed record RunRequest
{
    /// <summary>See <see cref="ModelSlug"/>; an alias is dispatched as its canonical slug.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The model's own inputs: a JSON object in UTF-8. Sent as it is but for <c>stream</c> and <c>stream_options</c>, see
    /// <see cref="Stream"/>, and for <c>model</c> where the transport wants it there. Not copied: it must not change before the reply is
    /// there.
    /// </summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>
    /// To the provider. See <see cref="HeaderRules"/>. No value of them gets into an error's message. Headers that carry a provider's
    /// key (<see cref="ProviderInfo.AuthHeaders"/>) go beyond the bridge's run path only with <see cref="Byok"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Requests with the same key go to the same instance of a Workers AI model, where its prompt cache is.</summary>
    public string? SessionAffinity { get; init; }

    /// <summary>
    /// True sets <c>stream: true</c> in the inputs, and where the model answers on the OpenAI wire
    /// <c>stream_options.include_usage: true</c> unless the inputs have a say on that. False turns a <c>stream</c> that is there to false.
    /// </summary>
    public bool Stream { get; init; } = true;

    /// <summary>The way to take; null is the one that the rest of the request asks for, see <see cref="TransportSelection"/>.</summary>
    public TransportKind? Transport { get; init; }

    /// <summary>True: it must be resumable, or it is refused. Null: where it can be had.</summary>
    public bool? Resume { get; init; }

    /// <summary>
    /// Tried by the gateway itself, in order, when the model fails before its first event. <see cref="ReplyHeaders.Step"/> says which one
    /// answered, 0 being the model. They need the gateway path.
    /// </summary>
    public IReadOnlyList<FallbackModel> Fallbacks { get; init; } = [];

    /// <summary>The extra headers carry the caller's own provider key, and it is to be used. It needs the gateway path.</summary>
    public bool Byok { get; init; }

    /// <summary>
    /// What of the provider is asked for; null is its chat, by the shape of the inputs. <c>v1/chat/completions</c>,
    /// <c>v1/responses</c>, <c>v1/messages</c> and <c>v1/embeddings</c> are to be had on every transport. Anything else is the
    /// provider's own path with its query, as it follows its base URL, and needs the gateway path; where the provider's wire is not known
    /// the inputs are sent untouched.
    /// </summary>
    public string? Endpoint { get; init; }
}
