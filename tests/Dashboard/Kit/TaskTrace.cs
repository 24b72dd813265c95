using System.Text.Json;
using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>
/// The tasks of a page's main thread as the browser traces them, by the time of the processor that each took: what the page asks of a
/// machine, which is the same where the machine is busy with something else meanwhile. The browser draws parts of itself as pages, too, in
/// longer tasks than ours; those are not counted. One at a time in a browser.
/// </summary>
internal sealed class TaskTrace
{
    private const string Mark = "traced";

    private readonly IPage _page;
    private readonly ICDPSession _browser;
    private readonly List<(int Process, int Thread, double Processor, double Clock)> _tasks = [];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (int Process, int Thread)? _thread;

    private TaskTrace(IPage page, ICDPSession browser)
    {
        _page = page;
        _browser = browser;
        browser.Event("Tracing.dataCollected").OnEvent += (_, data) => Take(data!.Value);
        browser.Event("Tracing.tracingComplete").OnEvent += (_, _) => _complete.TrySetResult();
    }

    public static async Task<TaskTrace> StartAsync(IPage page)
    {
        var trace = new TaskTrace(page, await page.Context.Browser!.NewBrowserCDPSessionAsync());
        await trace._browser.SendAsync("Tracing.start", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["transferMode"] = "ReportEvents",
            ["traceConfig"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["includedCategories"] = new[] { "disabled-by-default-devtools.timeline", "blink.user_timing" },
                ["excludedCategories"] = new[] { "*" },
            },
        });
        return trace;
    }

    /// <summary>Ends the trace. No task took longer.</summary>
    /// <returns>What to say of it.</returns>
    public async Task<string> NoTaskOverAsync(int milliseconds)
    {
        await _page.EvaluateAsync($"performance.mark('{Mark}')");
        await _browser.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(Expect.Limit);
        await _browser.DetachAsync();
        var tasks = _tasks.Where(task => (task.Process, task.Thread) == _thread).ToArray();
        Assert.True(tasks.Length > 0, $"The browser told of {_tasks.Count} tasks, and of none of the page's thread.");
        var longest = tasks.MaxBy(static task => task.Processor);
        Assert.True(longest.Processor <= milliseconds, $"A task took {longest.Processor:F0} ms of the processor in {longest.Clock:F0} ms.");
        return $"{tasks.Length} tasks; the longest took {longest.Processor:F0} ms of the processor, and "
            + $"{tasks.Max(static task => task.Clock):F0} ms by the clock";
    }

    private void Take(JsonElement data)
    {
        foreach (var one in data.GetProperty("value").EnumerateArray())
        {
            var (process, thread) = (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
            var name = one.GetProperty("name").GetString();
            if (name == "RunTask" && one.TryGetProperty("tdur", out var processor))
            {
                _tasks.Add((process, thread, processor.GetDouble() / 1000, one.GetProperty("dur").GetDouble() / 1000));
            }
            else if (name == Mark)
            {
                _thread = (process, thread);
            }
        }
    }
}
