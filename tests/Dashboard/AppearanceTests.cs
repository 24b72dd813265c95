using System.Text.Json;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>
/// Every page, light, dark and narrow: nothing is wider than the screen, and axe-core finds nothing. With <c>SCREENSHOTS</c> set to a
/// directory, pictures of them are kept there.
/// </summary>
public sealed class AppearanceTests
{
    public static readonly TheoryData<string, bool, int> Looks = new()
    {
        { "light", false, 1280 }, { "dark", true, 1280 }, { "narrow", false, 390 }, { "narrow-dark", true, 390 },
    };

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task Overview_runs_and_system_are_in_order(string look, bool dark, int width)
    {
        await using var service = await ScriptedService.StartAsync(400);
        await using var context = await OpenAsync(dark, width);
        foreach (var (path, ready) in new[] { ("", ".breakdown .chart-plot canvas"), ("/runs", "[data-run]"), ("/system", ".system") })
        {
            var page = await context.NewPageAsync();
            var watch = PageWatch.On(page);
            await page.GotoAsync(new Uri(service.Address, $"dashboard{path}").ToString());
            await page.Locator(ready).First.WaitForAsync();
            await InOrderAsync(page, watch, $"{(path == "" ? "overview" : path[1..])}-{look}");
            await page.CloseAsync();
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task A_run_with_everything_in_it_is_in_order(string look, bool dark, int width)
    {
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);
        await SetAsync(gateway, "openai/gpt-5-mini", """{"status": 503}""");
        await SetAsync(gateway, "anthropic/claude-haiku-4.5", """{"reasoning": 12, "tool": true, "events": 90, "rate": 45, "dropevery": 7000}""");
        const string body = """
            {"model": "openai/gpt-5-mini", "input": {"messages": [{"role": "user", "content": "Plan a journey along the coast."}]},
             "fallback": {"mode": "client", "models": ["anthropic/claude-haiku-4.5"]},
             "retry": {"maxAttempts": 2, "delayMs": 300}, "metadata": {"team": "research", "conversation": "c42"}}
            """;
        var id = await ServiceClient.SubmitAsync(http, body, "everything", CancellationToken.None);
        await using var context = await OpenAsync(dark, width);
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, $"dashboard/runs/{id}").ToString());
        await Expect.TextAsync(page, ".run-title .status", "completed");
        await page.Locator(".toolcall").WaitForAsync();
        await Expect.TextAsync(page, ".happenings", "Fell back to");
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var sideways = await page.EvaluateAsync<int>("[...document.querySelectorAll('.happenings')].map((one) => one.scrollWidth - one.clientWidth)[0]");
        Assert.True(sideways <= 0, $"What happened goes on {sideways} px sideways, out of sight.");
        var ends = await page.EvaluateAsync<double[]>("[...document.querySelectorAll('.attempt-error span')].map((one) => one.getBoundingClientRect().right)");
        Assert.NotEmpty(ends);
        Assert.All(ends, end => Assert.InRange(end, 1, width));
        await InOrderAsync(page, watch, $"run-{look}");
        foreach (var (tab, ready) in new[]
        {
            ("Journal", ".entry"), ("Spec", "[aria-label=Spec]"), ("Gateway log", "[aria-label='Gateway log']"), ("Feedback", ".feedback"),
        })
        {
            await Find.Tab(page, tab).ClickAsync();
            await page.Locator(ready).First.WaitForAsync();
            await Axe.FindsNothingAsync(page);
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public async Task The_sign_in_page_is_in_order(string look, bool dark, int width)
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null, address: null, Keys.Settings);
        await using var context = await OpenAsync(dark, width);
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard").ToString());
        await SignInPage.KeyField(page).WaitForAsync();
        await InOrderAsync(page, watch, $"signin-{look}");
    }

    private static async Task SetAsync(HttpClient gateway, string model, string faults)
    {
        using var set = await gateway.PutAsync(new Uri($"emulator/faults/{model}", UriKind.Relative), ServiceClient.Json(faults));
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
    }

    private static Task<IBrowserContext> OpenAsync(bool dark, int width) => Chromium.OpenAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 800 },
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
    });

    private static async Task InOrderAsync(IPage page, PageWatch watch, string name)
    {
        await page.EvaluateAsync("document.fonts.ready.then(() => true)");
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"{name} is {wide} px wider than the screen.");
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } directory)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}.png") });
        }

        await Axe.FindsNothingAsync(page);
        watch.FindNothing();
    }
}
