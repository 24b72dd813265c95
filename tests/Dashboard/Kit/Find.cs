using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>
/// What a person would point at, by its whole name: a part of a name is in those of other things, too, also of things that are there before or
/// after.
/// </summary>
internal static class Find
{
    public static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Field(IPage page, string label) => page.GetByLabel(label, new() { Exact = true });

    public static ILocator Field(ILocator within, string label) => within.GetByLabel(label, new() { Exact = true });

    /// <summary>A field with a list to choose from.</summary>
    public static ILocator Choice(IPage page, string label) => page.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });

    public static ILocator Tab(IPage page, string name) => page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true });

    public static ILocator Dialog(IPage page) => page.GetByRole(AriaRole.Dialog);
}
