using System.Text.Json;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>What a model writes is shown, and never acts.</summary>
[Collection(nameof(Alone))]
public sealed class HostileOutputTests(ITestOutputHelper output)
{
    private const string Markup =
        "<script>window.hurt = 1</script><img src=x onerror=\"window.hurt = 2\"><style>body { display: none }</style>"
        + "<iframe src=\"javascript:parent.hurt = 3\"></iframe></pre></div><a href=\"javascript:hurt=4\">here</a>";

    private const string Ansi = "\u001b[31mred\u001b[2J\u001b]0;title\u0007 \u0000 \u202Egnirts\u202C \u2067isolate ";

    private const string RightToLeft = "שלום עולם، مرحبا بالعالم";

    [BrowserFact]
    public async Task Markup_escape_sequences_and_directions_are_shown_as_text()
    {
        await using var gateway = await HostileGateway.StartAsync(Markup, "\n", Ansi, "\n", RightToLeft);
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway.Address);
        using var http = ServiceClient.Create(service.Address);
        var body = JsonSerializer.Serialize(new
        {
            model = "openai/gpt-5-mini",
            input = new { messages = new[] { new { role = "user", content = Markup } } },
            metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["<script>window.hurt = 5</script>"] = Markup + RightToLeft + "\u202e" },
        });
        var id = await ServiceClient.SubmitAsync(http, body, "hostile", CancellationToken.None);

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await page.Locator($"[data-run='{id}'] a").ClickAsync();
        await Expect.TextAsync(page, ".run-title .status", "completed");
        var shown = await page.EvaluateAsync<string>("document.querySelector('[aria-label=\"Answer\"]').textContent");
        Assert.Contains(Markup, shown, StringComparison.Ordinal);
        Assert.Contains(RightToLeft, shown, StringComparison.Ordinal);
        Assert.Contains("␛[31mred␛[2J", shown, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩gnirts", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, static character => character is '\u001b' or '\u0000' or '\u0007' or '\u202e' or '\u2067');
        await Find.Tab(page, "Spec").ClickAsync();
        await Expect.TextAsync(page, "[aria-label=Spec]", "<script>window.hurt = 1</script>");
        await Find.Tab(page, "Journal").ClickAsync();
        await page.Locator(".entry").First.ClickAsync();
        await Expect.TextAsync(page, ".journal pre", "<script>window.hurt = 5</script>");
        await Find.Tab(page, "Gateway log").ClickAsync();

        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('main script, main iframe, main style, main img').length"));
        Assert.True(await page.EvaluateAsync<bool>("window.hurt === undefined && document.title.includes('Orchestrator')"));

        // What the answer asks for is right-to-left within itself, and turns nothing else round.
        Assert.Equal("ltr", await page.EvaluateAsync<string>("getComputedStyle(document.body).direction"));
        watch.FindNothing();
    }

    [BrowserFact]
    public async Task A_line_of_five_mebibytes_does_not_hold_the_browser_up()
    {
        var megabyte = string.Concat(Enumerable.Repeat("0123456789abcdef", 65_536));
        await using var gateway = await HostileGateway.StartAsync(megabyte, megabyte, megabyte, megabyte, megabyte);
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway.Address);
        using var http = ServiceClient.Create(service.Address);
        const string body = """{"model": "openai/gpt-5-mini", "input": {"messages": [{"role": "user", "content": "Long"}]}}""";
        var id = await ServiceClient.SubmitAsync(http, body, "long", CancellationToken.None);
        Assert.Equal("completed", (await ServiceClient.EndedAsync(http, id, CancellationToken.None)).GetProperty("status").GetString());

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        var trace = await TaskTrace.StartAsync(page);
        await page.GotoAsync(new Uri(service.Address, $"dashboard/runs/{id}").ToString());
        await Expect.TextAsync(page, ".answer", "of 5.00 MiB shown");
        await Find.Button(page, "Show more").ClickAsync();
        await Expect.TextAsync(page, ".answer", "256 KiB of 5.00 MiB shown");
        var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wide <= 0, $"The page is {wide} px wider than the screen.");
        output.WriteLine(await trace.NoTaskOverAsync(200));
        watch.FindNothing();
    }
}
