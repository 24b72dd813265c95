using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>What a page must not do: throw, break its own policy, or ask the user by itself.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _problems = [];

    private PageWatch(IPage page)
    {
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

    public static PageWatch On(IPage page) => new(page);

    public void FindNothing() => Assert.Empty(_problems);
}
