using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>
/// Every page, light, dark and narrow: nothing is wider than the screen, and axe-core finds nothing. With <c>SCREENSHOTS</c> set to a
/// directory, pictures of them are kept there.
/// </summary>
public sealed class AppearanceTests(SharedProcesses processes)
{
    [BrowserTheory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Overview_runs_and_system_are_in_order(string look, bool dark, int width)
    {
        await using var service = await ScriptedService.StartAsync(400);
        await using var context = await Looks.OpenAsync(dark, width);
        foreach (var (path, ready) in new[] { ("", ".breakdown .chart-plot canvas"), ("/runs", "[data-run]"), ("/system", ".system") })
        {
            var page = await context.NewPageAsync();
            var watch = PageWatch.On(page);
            await page.GotoAsync(new Uri(service.Address, $"dashboard{path}").ToString());
            await page.Locator(ready).First.WaitForAsync();
            await Looks.InOrderAsync(page, watch, $"{(path == "" ? "overview" : path[1..])}-{look}");
            await page.CloseAsync();
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task The_sign_in_page_is_in_order(string look, bool dark, int width)
    {
        var service = await processes.KeyedAsync();
        await using var context = await Looks.OpenAsync(dark, width);
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard").ToString());
        await SignInPage.KeyField(page).WaitForAsync();
        await Looks.InOrderAsync(page, watch, $"signin-{look}");
    }
}
