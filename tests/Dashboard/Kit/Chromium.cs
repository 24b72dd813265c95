using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>The system's Chromium, once for all tests of a run. Each test has a profile of its own in it.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private static readonly string? Executable = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    private static readonly Lock Launching = new();
    private static Task<IBrowser>? _browser;

    /// <summary>Why there is no browser; null where there is one.</summary>
    public static string? Missing { get; } = Executable is not null
        ? null
        : "Chromium is not there: install it (Debian: chromium), or name it in CHROMIUM.";

    public static async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Task<IBrowser> launched;
        lock (Launching)
        {
            launched = _browser ??= LaunchAsync();
        }

        var browser = await launched;
        var context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout((float)Expect.Limit.TotalMilliseconds);
        return context;
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Timeout = (float)Expect.Limit.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
