using System.Diagnostics;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>The pages over the real service while a thousand runs of it change every second: it tells of them all at once, once a second.</summary>
[Collection(nameof(Alone))]
public sealed class RealFeedTests(ITestOutputHelper output)
{
    private const int Runs = 1000;
    private const int LongestTaskMs = 100;

    [BrowserFact]
    public async Task A_thousand_runs_that_change_every_second_leave_the_pages_responsive()
    {
        await using var load = await RealLoad.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Runs), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => await load.SubmitAsync("openai/gpt-5-mini~events=100000~rate=3", """, "timeouts": {"totalMs": 3600000}"""));
        await using var feed = await FeedCounter.OpenAsync(load.Http);
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);

        await page.GotoAsync(load.At("/runs"));
        await page.Locator("[data-run]").First.WaitForAsync();
        var progress = page.Locator("[data-run] .cell-result").First;
        await Expect.TextAsync(page, "[data-run] .cell-result", "events so far");
        var first = await progress.InnerTextAsync();
        await SeeAsync("the list", async () =>
        {
            await page.Locator("[role=grid]").FocusAsync();
            for (var step = 0; step < 60; step++)
            {
                await page.Keyboard.PressAsync(step < 30 ? "ArrowDown" : "ArrowUp");
            }
        });
        await Expect.ThatAsync(async () => await progress.InnerTextAsync() != first, "the run has gone on", page);

        await page.GotoAsync(load.At(""));
        await Expect.TextAsync(page, ".tiles > div:has(dt:text-is('Active now')) dd", "1,000");
        await SeeAsync("the overview", static () => Task.CompletedTask);
        watch.FindNothing();

        async Task SeeAsync(string what, Func<Task> doMeanwhile)
        {
            var trace = await TaskTrace.StartAsync(page);
            var (before, started) = (feed.Changes, Stopwatch.GetTimestamp());
            await doMeanwhile();
            await Expect.ThatAsync(() => Task.FromResult(feed.Changes - before >= 5 * Runs), $"{5 * Runs} changes were told", page);
            var pace = (feed.Changes - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            output.WriteLine($"{what}, {pace:F0} changes a second: {await trace.NoTaskOverAsync(LongestTaskMs)}");
        }
    }
}
