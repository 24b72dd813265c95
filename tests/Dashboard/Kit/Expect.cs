using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Waits for what a page is to show, and says what it showed instead.</summary>
internal static class Expect
{
    /// <summary>Longer than the slowest thing that is waited for by far: a run counts as queued for long after a minute.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task ThatAsync(Func<Task<bool>> holds, string what, IPage page)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Not within {Limit.TotalSeconds} s: {what}. The page shows:\n{await page.InnerTextAsync("body")}");
            }

            await Task.Delay(50);
        }
    }

    public static Task TextAsync(IPage page, string selector, string text) =>
        ThatAsync(async () => (await page.Locator(selector).AllInnerTextsAsync()).Any(shown => shown.Contains(text, StringComparison.Ordinal)),
            $"'{selector}' shows '{text}'", page);
}
