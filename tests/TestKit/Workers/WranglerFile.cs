using System.Text.Json;

namespace Orchestrator.TestKit.Workers;

/// <summary>The settings that the worker is deployed with, <c>bridge/wrangler.jsonc</c>: it is tested with the same.</summary>
/// <param name="Main">The entry module, relative to <c>bridge/</c>.</param>
/// <param name="CompatibilityDate">Which behaviour of the runtime the worker is written for.</param>
/// <param name="CompatibilityFlags">What it wants besides.</param>
/// <param name="AiBinding">The name of the AI binding.</param>
internal sealed record WranglerFile(string Main, string CompatibilityDate, IReadOnlyList<string> CompatibilityFlags, string AiBinding)
{
    private static readonly JsonDocumentOptions Jsonc = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static WranglerFile Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(BridgePackages.Root, "wrangler.jsonc")), Jsonc);
        var root = document.RootElement;
        return new WranglerFile(
            root.GetProperty("main").GetString()!,
            root.GetProperty("compatibility_date").GetString()!,
            [.. root.GetProperty("compatibility_flags").EnumerateArray().Select(flag => flag.GetString()!)],
            root.GetProperty("ai").GetProperty("binding").GetString()!);
    }
}
