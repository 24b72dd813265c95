namespace Orchestrator.Gateway;

/// <summary>A provider's own base URL, and what of an URL under it is left for the gateway path.</summary>
/// <param name="Url">
/// The base that is stripped. <c>{name}</c> stands for one part of the host or one path segment, <c>{name-}</c> for one with a hyphen
/// behind it or nothing, <c>{rest}</c> for all that follows.
/// </param>
/// <param name="GatewayPath">What to send instead, with the parts put in; null: all that follows the base.</param>
public sealed record ProviderEndpoint(string Url, string? GatewayPath = null);
