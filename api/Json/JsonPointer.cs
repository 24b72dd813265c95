using System.Globalization;

namespace Orchestrator.Api.Json;

/// <summary>Builds JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    private const int MaxNameChars = 128;

    public static string Append(string pointer, string name) => $"{pointer}/{Segment(name)}";

    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>A name of any length and content, fit to be shown.</summary>
    public static string Shown(string name) => name.Length <= MaxNameChars ? name : name[..MaxNameChars] + "…";

    private static string Segment(string name) =>
        Shown(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
