using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>How pages are looked at.</summary>
public static class Looks
{
    public static readonly TheoryData<string, bool, int> All = new()
    {
        { "light", false, 1280 }, { "dark", true, 1280 }, { "narrow", false, 390 }, { "narrow-dark", true, 390 },
    };

    internal static Task<IBrowserContext> OpenAsync(bool dark, int width) => Chromium.OpenAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 800 },
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
    });

    /// <summary>Nothing is wider than the screen or goes on sideways out of sight, but tables of many figures; and axe-core finds nothing.</summary>
    internal static async Task InOrderAsync(IPage page, PageWatch watch, string name)
    {
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"{name} is {wide} px wider than the screen.");
        var sideways = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main *')]
              .filter((one) => one.scrollWidth > one.clientWidth && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && !one.matches('.breakdown *, .run-page *'))
              .map((one) => one.className)
            """);
        Assert.True(sideways.Length == 0, $"{name} has parts that go on sideways, out of sight: {string.Join(", ", sideways)}.");
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } directory)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}.png") });
        }

        await Axe.FindsNothingAsync(page);
        watch.FindNothing();
    }
}
