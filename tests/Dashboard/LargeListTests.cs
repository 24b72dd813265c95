using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>The list when there are very many runs, and when very much changes.</summary>
[Collection(nameof(Alone))]
public sealed class LargeListTests(ITestOutputHelper output)
{
    private const int Runs = 100_000;

    /// <summary>Of the processor.</summary>
    private const int LongestTaskMs = 100;

    [BrowserFact]
    public async Task A_hundred_thousand_runs_are_read_to_the_last_and_a_few_dozen_are_in_the_document()
    {
        await using var service = await ScriptedService.StartAsync(Runs);
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await page.Locator($"[data-run='{ScriptedService.Id(0)}']").WaitForAsync();

        // How many there are is not known yet, and not said.
        await Expect.TextAsync(page, ".list-head", "200 runs are read, older ones come as you scroll");

        var reading = await TaskTrace.StartAsync(page);
        var started = TimeProvider.System.GetTimestamp();
        await page.EvaluateAsync("""
            () => new Promise((resolve) => {
              const grid = document.querySelector('[role=grid]')
              const step = () => {
                grid.scrollTop = grid.scrollHeight
                if (document.querySelector('.list-head').textContent.includes('100,000 runs')) resolve()
                else setTimeout(step, 0)
              }
              step()
            })
            """);
        output.WriteLine($"read to the end in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F1} s");
        await page.Locator($"[data-run='{ScriptedService.Id(Runs - 1)}']").WaitForAsync();
        Assert.InRange(await page.Locator("[data-run]").CountAsync(), 10, 80);
        output.WriteLine($"reading: {await reading.NoTaskOverAsync(LongestTaskMs)}");

        // Going about in it costs what going about in a short list does.
        var going = await TaskTrace.StartAsync(page);
        await page.Locator("[role=grid]").FocusAsync();
        foreach (var key in new[] { "Home", "PageDown", "PageDown", "End", "PageUp", "ArrowUp", "Space", "Home", "ArrowDown", "End" })
        {
            await page.Keyboard.PressAsync(key);
        }

        await Expect.ThatAsync(
            async () => await page.EvaluateAsync<string?>("document.activeElement.dataset.run") == ScriptedService.Id(Runs - 1),
            "the focus is on the last run", page);
        output.WriteLine($"going about: {await going.NoTaskOverAsync(LongestTaskMs)}");

        // And so do changes, runs that come on top among them.
        var changes = await TaskTrace.StartAsync(page);
        await page.Keyboard.PressAsync("Home");
        var before = service.Sent;
        service.NewEvery = 20;
        service.Pace = 1000;
        await Expect.ThatAsync(() => Task.FromResult(service.Sent - before >= 5000), "5,000 changes were sent", page);
        await Expect.ThatAsync(
            async () => await page.Locator(".list-head").InnerTextAsync() is var head && !head.Contains("100,000 runs", StringComparison.Ordinal),
            "runs came on top", page);
        output.WriteLine($"1,000 changes a second: {await changes.NoTaskOverAsync(LongestTaskMs)}");
        watch.FindNothing();
    }

    [BrowserFact]
    public async Task A_thousand_changes_a_second_leave_the_page_responsive()
    {
        await using var service = await ScriptedService.StartAsync(Runs);
        service.Pace = 1000;
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await page.Locator($"[data-run='{ScriptedService.Id(0)}']").WaitForAsync();
        var trace = await TaskTrace.StartAsync(page);
        var before = service.Sent;

        // It changes as it is looked at, and can be walked through meanwhile.
        var tokens = page.Locator($"[data-run='{ScriptedService.Id(3)}'] .cell-tokens");
        var first = await tokens.InnerTextAsync();
        await page.Locator("[role=grid]").FocusAsync();
        for (var step = 0; step < 100; step++)
        {
            await page.Keyboard.PressAsync(step < 50 ? "ArrowDown" : "ArrowUp");
        }

        Assert.Equal(ScriptedService.Id(0), await page.EvaluateAsync<string?>("document.activeElement.dataset.run"));
        await Expect.ThatAsync(() => Task.FromResult(service.Sent - before >= 10_000), "10,000 changes were sent", page);
        await Expect.ThatAsync(async () => await tokens.InnerTextAsync() != first, "the run's tokens have changed", page);
        output.WriteLine($"{service.Sent - before} changes: {await trace.NoTaskOverAsync(LongestTaskMs)}");
        watch.FindNothing();
    }

    /// <summary>A late frame must not take the focus back, nor may it be lost with a row that is scrolled out of sight: keys would go astray.</summary>
    [BrowserFact]
    public async Task Each_key_goes_one_row_further_however_slow_the_browser_is()
    {
        await using var service = await ScriptedService.StartAsync(1000);
        service.Pace = 200;
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await page.Locator($"[data-run='{ScriptedService.Id(0)}']").WaitForAsync();
        var browser = await context.NewCDPSessionAsync(page);
        await browser.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object>(StringComparer.Ordinal) { ["rate"] = 5 });

        await page.Locator("[role=grid]").FocusAsync();
        await PressAsync("ArrowDown", 30);
        Assert.Equal(ScriptedService.Id(30), await FocusedAsync());
        await PressAsync("ArrowUp", 27);
        Assert.Equal(ScriptedService.Id(3), await FocusedAsync());

        // Scrolled by wheel, far from where the focus is.
        await page.EvaluateAsync("document.querySelector('[role=grid]').scrollTop = 6000");
        await page.Locator($"[data-run='{ScriptedService.Id(170)}']").WaitForAsync();
        Assert.Equal(ScriptedService.Id(3), await FocusedAsync());
        await PressAsync("ArrowDown", 1);
        Assert.Equal(ScriptedService.Id(4), await FocusedAsync());
        await page.Locator($"[data-run='{ScriptedService.Id(5)}']").WaitForAsync();

        async Task PressAsync(string key, int times)
        {
            for (var time = 0; time < times; time++)
            {
                await page.Keyboard.PressAsync(key);
            }
        }

        Task<string?> FocusedAsync() => page.EvaluateAsync<string?>("document.activeElement.dataset.run");
    }

    [BrowserFact]
    public async Task On_a_server_without_a_feed_the_list_says_so_and_is_read_again()
    {
        await using var service = await ScriptedService.StartAsync(30);
        service.Without["/v1/runs/feed"] = 0;
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await Expect.TextAsync(page, ".list-head", "This server has no /v1/runs/feed");
        await Expect.TextAsync(page, ".list-head", "30 runs");
    }

    [BrowserFact]
    public async Task On_a_server_without_stats_or_system_their_pages_say_so()
    {
        await using var service = await ScriptedService.StartAsync(30);
        service.Without["/v1/stats"] = 0;
        service.Without["/v1/system"] = 0;
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard").ToString());
        await Expect.TextAsync(page, "main", "This server has no /v1/stats");
        await page.GotoAsync(new Uri(service.Address, "dashboard/system").ToString());
        await Expect.TextAsync(page, "main", "This server has no /v1/system");
    }
}
