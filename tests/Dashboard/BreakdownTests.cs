using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>The Overview's figures by model, leg and tenant, over the real service.</summary>
public sealed class BreakdownTests
{
    [BrowserFact]
    public async Task A_measure_is_drawn_by_model_and_by_leg_with_a_key_for_each_line()
    {
        await using var load = await RealLoad.StartAsync();
        await load.UntilEndedAsync(
            await load.SubmitAsync("openai/gpt-5-mini"), await load.SubmitAsync("openai/gpt-5-mini"),
            await load.SubmitAsync("xai/grok-4", """, "retry": {"maxAttempts": 1}, "fallback": {"mode": "client", "models": ["openai/gpt-5-mini"]}"""));
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(load.At(""));
        var plot = page.Locator(".breakdown .chart-plot");
        await SaysAsync("Completed by model. openai/gpt-5-mini: now ", "xai/grok-4: now ", "at most 1");

        // Legends go on as the figures do.
        var active = page.Locator(".chart:has(.chart-title:text-is('Runs')) .chart-legend b").First;
        foreach (var _ in Enumerable.Range(0, 7))
        {
            await load.SubmitAsync("google/gemini-3-flash", """, "timeouts": {"idleMs": 3600000, "totalMs": 3600000}""");
        }

        await Expect.ThatAsync(async () => await active.InnerTextAsync() == "7", "seven runs are active", page);

        // A key of the legend shows and hides its line, by keyboard as well.
        await page.Locator(".breakdown .chip:text-is('leg')").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await SaysAsync("Completed by leg. leg 0, as asked for: now ", "leg 1, fall-back: now ", "at most 1");
        await Find.Choice(page, "Chart of").SelectOptionAsync("Fall-backs");
        await SaysAsync("Fall-backs by leg. leg 0, as asked for: now 0, at most 0. leg 1, fall-back: now ", "at most 1");
        await Expect.ThatAsync(async () => (await Charts.ColouredAsync(page))[6] > 0, "lines are drawn", page);
        await page.Locator(".chart-legend-keys button:has-text('leg 1')").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect.ThatAsync(
            async () => await plot.GetAttributeAsync("aria-label") == "Fall-backs by leg. leg 0, as asked for: now 0, at most 0", "the chart says leg 0 alone", page);
        Assert.Equal("false", await page.Locator(".chart-legend-keys button:has-text('leg 1')").GetAttributeAsync("aria-pressed"));
        await page.Locator(".chart-legend-keys button:has-text('leg 0')").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect.ThatAsync(async () => (await Charts.ColouredAsync(page))[6] == 0, "the lines are gone", page);
        await page.Keyboard.PressAsync("Space");
        await Expect.ThatAsync(async () => (await Charts.ColouredAsync(page))[6] > 0, "one of them is back", page);

        // What is shown is in the address: a reload keeps it, and it can be passed on.
        await page.Locator(".page-head .chip:text-is('1 h')").ClickAsync();
        await Expect.ThatAsync(
            async () => await page.EvaluateAsync<string>("location.search") == "?last=1h&by=leg&chart=fall-backs", "the address says what is shown", page);
        await page.ReloadAsync();
        await SaysAsync("Fall-backs by leg. leg 0, as asked for: now 0, at most 0. leg 1, fall-back: now ", "at most 1");
        Assert.Equal("true", await page.Locator(".page-head .chip:text-is('1 h')").GetAttributeAsync("aria-pressed"));
        await page.Locator(".breakdown .chip:text-is('model')").ClickAsync();
        await SaysAsync("Fall-backs by model. ");
        await page.GotoAsync(load.At("?last=1y&by=leg&chart=nothing"));
        await SaysAsync("Completed by leg. ");

        // A leg has no runs at a time of its own.
        Assert.DoesNotContain("Active", await Find.Choice(page, "Chart of").InnerTextAsync(), StringComparison.Ordinal);
        watch.FindNothing();

        Task SaysAsync(params string[] parts) => Expect.ThatAsync(
            async () => await plot.GetAttributeAsync("aria-label") is { } label && parts.All(part => label.Contains(part, StringComparison.Ordinal)),
            $"the chart says {string.Join(" … ", parts)}", page);
    }
}
