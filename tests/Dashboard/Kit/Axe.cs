using System.Text.Json;
using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>axe-core inside a page.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(Root(), "dashboard", "node_modules", "axe-core", "axe.min.js");

    public static async Task FindsNothingAsync(IPage page)
    {
        // Through the debugger: the page's own policy would not let it in.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script) + "\n;null");
        var violations = (await page.EvaluateAsync("async () => (await axe.run()).violations"))!.Value;
        Assert.True(violations.GetArrayLength() == 0, string.Join('\n', violations.EnumerateArray().Select(Told)));
    }

    private static string Told(JsonElement violation) =>
        $"{violation.GetProperty("id")}: {violation.GetProperty("help")}\n"
        + string.Join('\n', violation.GetProperty("nodes").EnumerateArray().Take(5).Select(node =>
            $"  {node.GetProperty("html")}\n    {node.GetProperty("failureSummary").GetString()?.ReplaceLineEndings(" ")}"));

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }
}
