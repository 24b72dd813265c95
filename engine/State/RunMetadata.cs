using System.Text.Json;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.State;

/// <summary>The caller's metadata in the two forms that the directory keeps.</summary>
internal static class RunMetadata
{
    public static string Json(RunSpec spec) => spec.Metadata?.GetRawText() ?? "{}";

    public static IReadOnlyDictionary<string, string> Texts(RunSpec spec)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (spec.Metadata is { ValueKind: JsonValueKind.Object } metadata)
        {
            foreach (var property in metadata.EnumerateObject())
            {
                texts[property.Name] = property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString()!
                    : property.Value.GetRawText();
            }
        }

        return texts;
    }
}
