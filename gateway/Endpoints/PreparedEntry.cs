namespace Orchestrator.Gateway;

/// <summary>An entry ready to be sent.</summary>
/// <param name="Provider">See <see cref="UniversalEntry.Provider"/>.</param>
/// <param name="Endpoint">See <see cref="UniversalEntry.Endpoint"/>.</param>
/// <param name="Headers">Cleaned; names in any case, each once.</param>
/// <param name="Query">JSON in parts that are sent one after the other.</param>
/// <param name="Wire">How the provider answers.</param>
internal sealed record PreparedEntry(
    string Provider,
    string Endpoint,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyList<ReadOnlyMemory<byte>> Query,
    WireFormat Wire);
