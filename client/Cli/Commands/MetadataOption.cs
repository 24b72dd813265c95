using System.CommandLine;
using System.Text.Json.Nodes;

namespace Orchestrator.Cli;

/// <summary><c>--metadata key=value</c>, as often as needed.</summary>
internal static class MetadataOption
{
    public static Option<string[]> Create(string description)
    {
        var option = new Option<string[]>("--metadata") { Description = description, HelpName = "KEY=VALUE" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"--metadata takes KEY=VALUE, not '{token.Value}'");
            }
        });
        return option;
    }

    /// <summary>The pairs; of two with the same key the last one counts. Null for none.</summary>
    public static Dictionary<string, string>? Read(string[]? pairs)
    {
        if (pairs is null or [])
        {
            return null;
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            metadata[pair[..equals]] = pair[(equals + 1)..];
        }

        return metadata;
    }

    /// <summary>The pairs as an object of texts; null for none.</summary>
    public static JsonObject? ReadJson(string[]? pairs) =>
        Read(pairs) is { } metadata ? new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) : null;
}
