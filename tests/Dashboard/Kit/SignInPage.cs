using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Where a browser without a session ends up.</summary>
internal static class SignInPage
{
    /// <summary>By its whole label: every other page has a button for <i>Key</i>board shortcuts.</summary>
    public static ILocator KeyField(IPage page) => Find.Field(page, "Key");

    public static async Task EnterAsync(IPage page, string key)
    {
        await KeyField(page).FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
    }
}
