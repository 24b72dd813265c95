namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What the build embedded.</summary>
internal static class Pages
{
    public static string? Missing { get; } = SiteFiles.Load().Count > 0
        ? null
        : "The build left the dashboard out: install Node.js 20.19 or newer with npm, and build again.";
}
