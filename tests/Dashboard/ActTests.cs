using System.Text.Json;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>Filters and acts, with the real service.</summary>
public sealed class ActTests
{
    private const string Long = "openai/gpt-5-mini~rate=2~events=2000";
    private const string Short = "openai/gpt-5-mini~rate=0";
    private const string Broken = "openai/gpt-5-mini~status=401";

    [BrowserFact]
    public async Task Filters_narrow_the_list_and_stay_in_the_address()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var running = await SubmitAsync(http, Long, "support");
        var completed = await SubmitAsync(http, Short, "research");
        var failed = await SubmitAsync(http, Broken, "research");

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await ListsAsync(page, failed, completed, running);

        await Find.Button(page, "failed").ClickAsync();
        await ListsAsync(page, failed);
        await Find.Button(page, "completed").ClickAsync();
        await ListsAsync(page, failed, completed);
        await Find.Button(page, "Clear filters").ClickAsync();
        await ListsAsync(page, failed, completed, running);

        await Find.Field(page, "Metadata").FillAsync("team=research");
        await ListsAsync(page, failed, completed);
        await Find.Field(page, "Error").FillAsync("AUTH");
        await ListsAsync(page, failed);
        await Find.Choice(page, "Created").SelectOptionAsync("15m");
        await AddressIsAsync(page, "?error=AUTH&metadata.team=research&since=15m");
        await ListsAsync(page, failed);
        await page.ReloadAsync();
        await ListsAsync(page, failed);
        Assert.Equal("team=research", await Find.Field(page, "Metadata").InputValueAsync());

        // Who types in one field and at once in another means both.
        await Find.Field(page, "Metadata").FillAsync("team=support");
        await Find.Field(page, "Error").FillAsync("nothing like it");
        await AddressIsAsync(page, "?error=nothing+like+it&metadata.team=support&since=15m");
        await Expect.TextAsync(page, "main", "No run matches");
        await Find.Button(page, "Clear filters").ClickAsync();
        await Find.Field(page, "Model").FillAsync(Long);
        await ListsAsync(page, running);

        // A run that comes to match appears by itself, and one that matches no longer, or is deleted, goes.
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs?status=running").ToString());
        await ListsAsync(page, running);
        var another = await SubmitAsync(http, Long, "support");
        await ListsAsync(page, another, running);
        using var cancelled = await http.PostAsync(new Uri($"v1/runs/{running}/cancel", UriKind.Relative), content: null);
        await ListsAsync(page, another);
        await Find.Button(page, "Clear filters").ClickAsync();
        await ListsAsync(page, another, failed, completed, running);
        using var deleted = await http.DeleteAsync(new Uri($"v1/runs/{failed}", UriKind.Relative));
        Assert.True(deleted.IsSuccessStatusCode, await deleted.Content.ReadAsStringAsync());
        await ListsAsync(page, another, completed, running);
    }

    /// <summary>The page of the list is asked for before the run changes, the feed after it, and the page comes last.</summary>
    [BrowserFact]
    public async Task What_changes_while_the_list_is_read_is_shown()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var run = await SubmitAsync(http, Long, "support");
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var isRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isCancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFollowed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/v1/runs/feed", async route =>
        {
            await isCancelled.Task;
            await route.ContinueAsync();
        });
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/v1/runs/feed", StringComparison.Ordinal))
            {
                isFollowed.TrySetResult();
            }
        };
        await page.RouteAsync("**/v1/runs?*", async route =>
        {
            var old = await route.FetchAsync();
            if (isRead.TrySetResult())
            {
                await isFollowed.Task;
            }

            await route.FulfillAsync(new() { Response = old });
        });
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await isRead.Task;
        using var cancelled = await http.PostAsync(new Uri($"v1/runs/{run}/cancel", UriKind.Relative), content: null);
        Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync());
        isCancelled.SetResult();
        await Expect.TextAsync(page, $"[data-run='{run}'] .status", "cancelled");
    }

    [BrowserFact]
    public async Task Selected_runs_are_cancelled_after_a_question_that_says_how_many()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var runs = new List<string> { await SubmitAsync(http, Short, "ended") };
        for (var i = 0; i < 5; i++)
        {
            runs.Add(await SubmitAsync(http, Long, $"long-{i}"));
        }

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await Notices.KeepAsync(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await Expect.TextAsync(page, $"[data-run='{runs[0]}'] .status", "completed");
        foreach (var run in runs.Skip(1))
        {
            await Expect.ThatAsync(async () => await StatusAsync(http, run) == "running", $"{run} is running", page);
        }

        foreach (var run in runs.Take(4))
        {
            await page.Locator($"[data-run='{run}'] input").ClickAsync();
            await Expect.ThatAsync(() => page.Locator($"[data-run='{run}'] input").IsCheckedAsync(), $"{run} is ticked", page);
        }

        await Find.Button(page, "Cancel…").ClickAsync();
        var dialog = Find.Dialog(page);
        Assert.Contains("Cancel 4 runs?", await dialog.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("1 run of them has ended already", await dialog.InnerTextAsync(), StringComparison.Ordinal);

        // Nothing is done before the answer.
        await Find.Button(dialog, "Keep as it is").ClickAsync();
        Assert.Equal("running", await StatusAsync(http, runs[1]));

        await Find.Button(page, "Cancel…").ClickAsync();
        await Find.Button(dialog, "Cancel 4 runs").ClickAsync();
        await Notices.TellAsync(page, "3 runs cancelled");
        foreach (var run in runs.Skip(1).Take(3))
        {
            Assert.Equal("cancelled", await StatusAsync(http, run));
            await Expect.TextAsync(page, $"[data-run='{run}'] .status", "cancelled");
        }

        Assert.Equal("completed", await StatusAsync(http, runs[0]));
        Assert.Equal("running", await StatusAsync(http, runs[5]));

        await page.Locator($"[data-run='{runs[0]}'] input").ClickAsync();
        await Find.Button(page, "Delete…").ClickAsync();
        await Find.Button(dialog, "Delete 1 run").ClickAsync();
        await page.Locator($"[data-run='{runs[0]}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        using var gone = await http.GetAsync(new Uri($"v1/runs/{runs[0]}", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }

    [BrowserFact]
    public async Task All_runs_that_match_are_cancelled_and_no_others()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var ours = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ours.Add(await SubmitAsync(http, Long, "ours"));
        }

        var theirs = await SubmitAsync(http, Long, "theirs");
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await Expect.ThatAsync(async () => await StatusAsync(http, theirs) == "running", $"{theirs} is running", page);
        await Notices.KeepAsync(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs?metadata.team=ours").ToString());
        await Expect.TextAsync(page, ".list-head", "6 runs match");
        await Find.Field(page, "Select all runs that were read").ClickAsync();
        await Find.Button(page, "Select all that match").ClickAsync();
        await Find.Button(page, "Cancel…").ClickAsync();
        await Find.Button(Find.Dialog(page), "Cancel 6 runs").ClickAsync();
        await Notices.TellAsync(page, "6 runs cancelled");
        foreach (var run in ours)
        {
            Assert.Equal("cancelled", await StatusAsync(http, run));
        }

        Assert.Equal("running", await StatusAsync(http, theirs));
    }

    [BrowserFact]
    public async Task A_run_is_run_again_with_another_model_and_several_as_they_were()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var first = await SubmitAsync(http, Short, "one");
        var second = await SubmitAsync(http, Short, "two");
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await Notices.KeepAsync(page);
        await page.GotoAsync(new Uri(service.Address, $"dashboard/runs/{first}").ToString());
        await Find.Button(page, "Run again…").ClickAsync();
        var dialog = Find.Dialog(page);
        await Find.Field(dialog, "Model").FillAsync("anthropic/claude-haiku-4.5~rate=0");
        await Find.Button(dialog, "Run again").ClickAsync();
        await Expect.TextAsync(page, "h1", "anthropic/claude-haiku-4.5");
        await Expect.TextAsync(page, ".run-title .status", "completed");
        await Expect.TextAsync(page, ".facts", $"rerunOf={first}");

        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        foreach (var run in new[] { first, second })
        {
            await page.Locator($"[data-run='{run}']").WaitForAsync();
        }

        // Two clicks, the second before the first is drawn.
        await page.EvaluateAsync(
            "runs => runs.forEach((run) => document.querySelector(`[data-run='${run}'] input`).click())", new[] { first, second });

        await Find.Button(page, "Run again…").ClickAsync();
        await Find.Button(dialog, "Run again 2 runs").ClickAsync();
        await Notices.TellAsync(page, "2 runs submitted again");
        await Expect.TextAsync(page, ".list-head", "5 runs");
    }

    [BrowserFact]
    public async Task The_list_is_walked_and_selected_by_keyboard_alone()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        var runs = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            runs.Insert(0, await SubmitAsync(http, Short, $"run-{i}"));
        }

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard").ToString());
        await page.Locator("nav a").First.WaitForAsync();

        // Two keys that are more than a moment apart are no shortcut: on a machine that is busy they are pressed once more.
        await Expect.ThatAsync(
            async () =>
            {
                await page.Keyboard.PressAsync("g");
                await page.Keyboard.PressAsync("r");
                return await page.EvaluateAsync<bool>("location.pathname.endsWith('/runs')");
            },
            "the list was gone to", page);
        foreach (var run in runs)
        {
            await page.Locator($"[data-run='{run}']").WaitForAsync();
        }

        await page.Keyboard.PressAsync("/");
        Assert.Equal("openai/gpt-5-mini", await page.EvaluateAsync<string>("document.activeElement.placeholder"));
        for (var press = 0; press < 10 && !await page.EvaluateAsync<bool>("document.activeElement.matches('[data-run]')"); press++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.WaitForFunctionAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        }

        await FocusIsOnAsync(page, runs[0]);
        await page.Keyboard.PressAsync("ArrowDown");
        await FocusIsOnAsync(page, runs[1]);
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect.TextAsync(page, ".bulk", "2 runs selected");
        await FocusIsOnAsync(page, runs[2]);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".bulk").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("End");
        await FocusIsOnAsync(page, runs[3]);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".run-title").WaitForAsync();
        Assert.EndsWith(runs[3], await page.EvaluateAsync<string>("location.pathname"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("?");
        await Find.Dialog(page).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await Find.Dialog(page).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static Task AddressIsAsync(IPage page, string query) => Expect.ThatAsync(
        async () => await page.EvaluateAsync<string>("location.search") == query, $"the address ends with {query}", page);

    private static Task FocusIsOnAsync(IPage page, string run) => Expect.ThatAsync(
        async () => await page.EvaluateAsync<string?>("document.activeElement.dataset.run") == run, $"the focus is on {run}", page);

    /// <summary>Exactly these, in this order.</summary>
    private static Task ListsAsync(IPage page, params string[] runs) => Expect.ThatAsync(
        async () => (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-run]')].map((row) => row.dataset.run)")).SequenceEqual(runs),
        $"the list shows {string.Join(", ", runs)}", page);

    private static async Task<string> StatusAsync(HttpClient http, string run) =>
        (await ServiceClient.GetJsonAsync(http, $"v1/runs/{run}")).GetProperty("status").GetString()!;

    private static Task<string> SubmitAsync(HttpClient http, string model, string team)
    {
        var body = JsonSerializer.Serialize(new
        {
            model,
            input = new { messages = new[] { new { role = "user", content = $"For {team}" } } },
            metadata = new { team },
        });
        return ServiceClient.SubmitAsync(http, body, Guid.NewGuid().ToString(), CancellationToken.None);
    }
}
