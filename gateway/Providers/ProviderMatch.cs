namespace Orchestrator.Gateway;

/// <summary>A provider's own URL, taken apart.</summary>
/// <param name="Provider">Whose it is.</param>
/// <param name="Endpoint">
/// What is left of the URL for the gateway path, query included: <see cref="UniversalEntry.Endpoint"/>.
/// </param>
public sealed record ProviderMatch(ProviderInfo Provider, string Endpoint);
