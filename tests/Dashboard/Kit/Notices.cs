using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What a page says at its foot for a few seconds, kept: it can be told however late one looks.</summary>
internal static class Notices
{
    /// <summary>From the next address on that the page goes to.</summary>
    public static Task KeepAsync(IPage page) => page.AddInitScriptAsync("""
        window.noticed = []
        new MutationObserver(() => {
          for (const { innerText } of document.querySelectorAll('.notice')) if (!window.noticed.includes(innerText)) window.noticed.push(innerText)
        }).observe(document, { childList: true, subtree: true, characterData: true })
        """);

    public static Task TellAsync(IPage page, string text) => Expect.ThatAsync(
        () => page.EvaluateAsync<bool>("text => window.noticed.some((notice) => notice.includes(text))", text), $"it is said: {text}", page);
}
