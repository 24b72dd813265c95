using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>A run's page, as <see cref="AppearanceTests"/> look at the others.</summary>
public sealed class RunAppearanceTests(SharedProcesses processes)
{
    [BrowserTheory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task A_run_with_everything_in_it_is_in_order(string look, bool dark, int width)
    {
        var emulator = await processes.EmulatorAsync();
        var service = await processes.BehindEmulatorAsync();
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);
        await SetAsync(gateway, "openai/gpt-5-mini", """{"status": 503}""");
        await SetAsync(gateway, "anthropic/claude-haiku-4.5", """{"reasoning": 12, "tool": true, "events": 90, "rate": 45, "dropevery": 7000}""");
        const string body = """
            {"model": "openai/gpt-5-mini", "input": {"messages": [{"role": "user", "content": "Plan a journey along the coast."}]},
             "fallback": {"mode": "client", "models": ["anthropic/claude-haiku-4.5"]},
             "retry": {"maxAttempts": 2, "delayMs": 300}, "metadata": {"team": "research", "conversation": "c42"}}
            """;
        var id = await ServiceClient.SubmitAsync(http, body, look, CancellationToken.None);
        await using var context = await Looks.OpenAsync(dark, width);
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
        await Looks.InOrderAsync(page, watch, $"run-{look}");
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

    private static async Task SetAsync(HttpClient gateway, string model, string faults)
    {
        using var set = await gateway.PutAsync(new Uri($"emulator/faults/{model}", UriKind.Relative), ServiceClient.Json(faults));
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
    }
}
