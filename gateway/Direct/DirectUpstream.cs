using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>
/// An endpoint that speaks OpenAI's chat API or Anthropic's messages API and is asked without the gateway: a server of your own, a proxy, a
/// provider that the gateway does not have. Its models are <c>{name}/{model}</c>.
/// </summary>
public sealed record DirectUpstream
{
    /// <summary>
    /// What its models' names begin with, upper and lower case alike: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64. Not the
    /// name of a provider that the gateway knows, for such a model's name would mean two things.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// As the SDKs of its wire take it. OpenAI: with the version, <c>https://host/v1</c>, and <c>chat/completions</c> goes behind it.
    /// Anthropic: <c>https://host</c>, and <c>v1/messages</c> goes behind it; a <c>v1</c> at its end makes no difference.
    /// </summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>
    /// Sent as <c>Authorization: Bearer</c> on the OpenAI wire, as <c>x-api-key</c> on Anthropic's; null sends none. A request that brings
    /// its own key (<see cref="RunRequest.Byok"/>) is sent without this one.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary><see cref="WireFormat.OpenAi"/> (the default) or <see cref="WireFormat.Anthropic"/>.</summary>
    public WireFormat Wire { get; init; } = WireFormat.OpenAi;

    /// <summary>Sent with every request besides, e.g. <c>api-key</c>. Values are kept out of messages; a request's own headers win.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>
    /// Whether streams on the OpenAI wire are asked for their usage (<c>stream_options.include_usage</c>). Default true; false for a server
    /// that refuses the field.
    /// </summary>
    public bool TakesStreamOptions { get; init; } = true;

    /// <summary>Everything that is wrong with it; empty when nothing is. Fields are named as the properties: <c>BaseUrl</c>.</summary>
    public IReadOnlyList<ConfigProblem> Validate() => DirectUpstreamRules.Check(this);

    /// <summary>Without its key, which a record would print.</summary>
    public override string ToString() => $"{Name} ({Wire}, {BaseUrl})";
}
