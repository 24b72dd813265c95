namespace Orchestrator.Gateway;

/// <summary>A request on the gateway path, ready to be sent.</summary>
/// <param name="Gateway">The gateway's id.</param>
/// <param name="Headers">For all entries; an entry's own win.</param>
/// <param name="Entries">At least one.</param>
internal sealed record PreparedUniversal(string Gateway, IReadOnlyList<OptionHeader> Headers, IReadOnlyList<PreparedEntry> Entries)
{
    /// <summary>How the entry answers that served; by content where the gateway does not tell which one it was.</summary>
    public WireFormat WireOf(int? step) => step is { } served
        ? served >= 0 && served < Entries.Count ? Entries[served].Wire : WireFormat.Unknown
        : Entries.All(entry => entry.Wire == Entries[0].Wire) ? Entries[0].Wire : WireFormat.Unknown;

    public SecretScrubber Scrubber(string? token) => new(Entries.SelectMany(entry => entry.Headers.Values)
        .Concat(Headers.Where(header => header.Name == OptionHeaders.SessionAffinity).Select(header => header.Value))
        .Prepend(token));

    /// <summary>The headers of an entry with those for all in it.</summary>
    public Dictionary<string, string> HeadersOf(PreparedEntry entry)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in Headers)
        {
            all[header.Name] = header.Value;
        }

        foreach (var (name, value) in entry.Headers)
        {
            all[name] = value;
        }

        return all;
    }
}
