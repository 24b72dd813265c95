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
            window.longTasksSince = 0
            window.longTaskWatch = new PerformanceObserver((list) => window.longTasks.push(...list.getEntries()))
            window.longTaskWatch.observe({ type: 'longtask', buffered: true })
            window.longFrames = []
            new PerformanceObserver((list) => {
              for (const frame of list.getEntries()) {
                window.longFrames.push(`${frame.duration} ms from ${Math.round(frame.startTime)}: ${frame.scripts.map((script) =>
                  `${script.invoker} ${script.sourceFunctionName} ${script.duration} (layout ${Math.round(script.forcedStyleAndLayoutDuration)})`).join(', ')}`)
              }
            }).observe({ type: 'long-animation-frame' })
            """);
        return new PageWatch(page);
    }

    public void FindNothing() => Assert.Empty(_problems);

    /// <summary>Forgets the tasks that began before now: those of loading the page, say. They may be told of later.</summary>
    public Task ForgetTasksAsync() => _page.EvaluateAsync("window.longTasksSince = performance.now()");

    /// <summary>No task took longer; the message names the scripts of the longest frames.</summary>
    /// <returns>The longest, in milliseconds; 0 where none took 50.</returns>
    public async Task<double> NoTaskOverAsync(int milliseconds)
    {
        var longest = await _page.EvaluateAsync<double>("""
            () => {
              window.longTasks.push(...window.longTaskWatch.takeRecords())
              const tasks = window.longTasks.filter((task) => task.startTime >= window.longTasksSince)
              return Math.max(0, ...tasks.map((task) => task.duration))
            }
            """);
        var frames = await _page.EvaluateAsync<string>("window.longFrames.sort((a, b) => parseFloat(b) - parseFloat(a)).slice(0, 8).join('\\n')");
        Assert.True(longest <= milliseconds, $"A task took {longest} ms.\n{frames}");
        return longest;
    }
}
