using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What a page must not do: throw, break its own policy, or keep the browser from answering.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _problems = [];
    private readonly IPage _page;

    private PageWatch(IPage page)
    {
        _page = page;
        page.PageError += (_, error) => _problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _problems.Add(message.Text);
            }
        };
        page.Dialog += (_, dialog) =>
        {
            _problems.Add($"A dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public static async Task<PageWatch> OnAsync(IPage page)
    {
        await page.AddInitScriptAsync("""
            window.longTasks = []
            new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask', buffered: true })
            """);
        return new PageWatch(page);
    }

    public void FindNothing() => Assert.Empty(_problems);

    /// <summary>Forgets the tasks so far: those of loading the page, say.</summary>
    public Task ForgetTasksAsync() => _page.EvaluateAsync("window.longTasks.length = 0");

    /// <returns>In milliseconds; 0 where no task took 50.</returns>
    public Task<double> LongestTaskAsync() => _page.EvaluateAsync<double>("Math.max(0, ...window.longTasks)");
}
