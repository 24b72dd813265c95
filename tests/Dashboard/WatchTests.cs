using System.Text.Json;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>A run watched in the browser, while everything between it and the model breaks.</summary>
public sealed class WatchTests
{
    private const string Length = "document.querySelector('[aria-label=\"Answer\"]')?.textContent.length ?? 0";

    [BrowserFact]
    public async Task A_run_is_watched_from_submit_to_end_through_a_cut_connection_and_a_kill_without_a_reload()
    {
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        using var directory = new TemporaryDirectory();
        var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        try
        {
            await using var proxy = new CuttableProxy(service.Address);
            await using var context = await Chromium.OpenAsync();
            var page = await context.NewPageAsync();
            var errors = new List<string>();
            page.PageError += (_, error) => errors.Add(error);
            await page.GotoAsync(new Uri(proxy.Address, "dashboard/runs").ToString());
            await page.EvaluateAsync("window.neverReloaded = true");

            // Its first connection stands still at the 480th event, so that the kill is sure to come before the end.
            const string body = """
                {"model": "openai/gpt-5-mini~events=500~rate=20~stall=480", "input": {"messages": [{"role": "user", "content": "The sea"}]}, "timeouts": {"idleMs": 300000}}
                """;
            using var http = ServiceClient.Create(service.Address);
            var id = await ServiceClient.SubmitAsync(http, body, "watched", CancellationToken.None);
            await page.Locator($"[data-run='{id}'] a").ClickAsync();
            await GrowsAsync(page, 0);

            proxy.Break();
            await page.Locator(".disconnected").WaitForAsync();
            Assert.Contains("Disconnected", await page.InnerTextAsync(".disconnected"), StringComparison.Ordinal);
            var before = await page.EvaluateAsync<int>(Length);
            proxy.Mend();
            await page.Locator(".disconnected").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await GrowsAsync(page, before);

            await service.KillAsync();
            await page.Locator(".disconnected").WaitForAsync();
            before = await page.EvaluateAsync<int>(Length);
            await service.DisposeAsync();
            service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
            proxy.Target = service.Address;
            await page.Locator(".disconnected").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await GrowsAsync(page, before);

            await Expect.TextAsync(page, ".run-title .status", "completed");
            using var restarted = ServiceClient.Create(service.Address);
            var run = await ServiceClient.GetJsonAsync(restarted, $"v1/runs/{id}");
            var text = run.GetProperty("output").GetProperty("text").GetString()!;
            Assert.Equal(text.Length, await page.EvaluateAsync<int>(Length) + Unseen(text));
            Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded === true"));
            await Expect.TextAsync(page, ".happenings", "Re-attached");
            Assert.Empty(errors);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private static Task GrowsAsync(IPage page, int before) => Expect.ThatAsync(
        async () => await page.EvaluateAsync<int>(Length) > before, $"more than {before} characters of the answer", page);

    /// <summary>How much shorter a text is as it is shown, where each sign that acts unseen is shown as eight characters, or as none.</summary>
    private static int Unseen(string text) => text.Sum(static character => character switch
    {
        '\r' => 1,
        '\u2028' or '\u2029' or '\ufeff' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => -7,
        (>= '\u0080' and <= '\u009f') => -7,
        _ => 0,
    });
}
