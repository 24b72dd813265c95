using System.Collections.Frozen;

namespace Orchestrator.Gateway;

/// <summary>Which headers of a caller go on to a provider.</summary>
internal static class EntryHeaders
{
    private static readonly FrozenSet<string> Keys = ProviderRegistry.All
        .SelectMany(provider => provider.AuthHeaders)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Those that belong to a hop never do, nor does the gateway's own token. Those that carry a provider's key do with
    /// <paramref name="byok"/> only: without, unified billing or the key stored at the gateway is to apply.
    /// </summary>
    public static Dictionary<string, string> Clean(IEnumerable<KeyValuePair<string, string>> headers, bool byok) =>
        Clean(headers, byok, keys: []);

    /// <param name="keys">Names that carry a key besides those of the known providers.</param>
    public static Dictionary<string, string> Clean(
        IEnumerable<KeyValuePair<string, string>> headers, bool byok, IReadOnlyList<string> keys)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
        {
            if (!IsOfTheConnection(name) && (byok || !(Keys.Contains(name) || keys.Contains(name, StringComparer.OrdinalIgnoreCase))))
            {
                kept[name] = value;
            }
        }

        return kept;
    }

    private static bool IsOfTheConnection(string name) =>
        HeaderRules.IsHopByHop(name) || name.Equals(OptionHeaders.Authorization, StringComparison.OrdinalIgnoreCase);
}
