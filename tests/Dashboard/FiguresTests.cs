using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>Overview and System over the real service: what they show is what was run.</summary>
public sealed class FiguresTests
{
    [BrowserFact]
    public async Task The_overview_adds_up_what_was_run_and_lists_what_needs_a_look()
    {
        await using var load = await RealLoad.StartAsync();
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(load.At(""));
        await Expect.ThatAsync(async () => await page.Locator(".charts canvas").CountAsync() == 6, "there are six charts", page);
        await Expect.TextAsync(page, ".charts", "Nothing in this range");
        await TellsAsync(page, "Cost", "–");
        var empty = await Charts.ColouredAsync(page);
        var done = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => load.SubmitAsync("openai/gpt-5-mini")));
        var broken = await load.SubmitAsync("anthropic/claude-haiku-4.5");
        var fallen = await load.SubmitAsync("xai/grok-4", """, "retry": {"maxAttempts": 1}, "fallback": {"mode": "client", "models": ["openai/gpt-5-mini"]}""");
        var refused = await load.SubmitAsync("alibaba/qwen-max");
        await load.UntilEndedAsync([.. done, broken, fallen, refused]);
        await load.UntilEndedAsync(await load.SubmitAsync("deepseek/deepseek-chat"));
        var queued = await load.SubmitAsync("deepseek/deepseek-chat", """, "timeouts": {"totalMs": 3600000}""");
        var stalled = await load.SubmitAsync("google/gemini-3-flash", """, "timeouts": {"idleMs": 3600000, "totalMs": 3600000}""");
        await load.UntilEndedAsync(await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => load.SubmitAsync("xai/grok-4", """, "retry": {"maxAttempts": 1}"""))));

        var held = await load.SubmitAsync("xai/grok-4", """, "retry": {"maxAttempts": 5, "delayMs": 3600000, "maxDelayMs": 3600000}, "timeouts": {"totalMs": 7200000}""");
        await page.ReloadAsync();
        await Expect.TextAsync(page, $".attention li:has(a[title='{held}'])", "circuit open");

        // It is given up after a dozen losses: looked for while it comes.
        var recovering = await load.SubmitAsync("groq/llama-3.3-70b");
        await Expect.TextAsync(page, $".attention li:has(a[title='{recovering}'])", "connection lost");
        using (var cancelled = await load.Http.PostAsync(new Uri($"v1/runs/{recovering}/cancel", UriKind.Relative), content: null))
        {
            Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync());
        }

        foreach (var (run, why) in new[] { (stalled, "no event for long"), (queued, "queued for long") })
        {
            await Expect.TextAsync(page, $".attention li:has(a[title='{run}'])", why);
        }

        var runs = (await ServiceClient.GetJsonAsync(load.Http, "v1/runs?limit=200")).GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal(41, runs.Length);

        // Each is told as soon as the page has asked again.
        await TellsAsync(page, "Completed", Count(runs, "completed"));
        await TellsAsync(page, "Failed", Count(runs, "failed"));
        await TellsAsync(page, "Cancelled", "1");
        await TellsAsync(page, "Active now", "3");
        await TellsAsync(page, "Tokens in", Sum(runs, static run => Tokens(run, "inputTokens")));
        await TellsAsync(page, "Tokens out", Sum(runs, static run => Tokens(run, "outputTokens")));
        await TellsAsync(page, "Fall-backs", Sum(runs, static run => run.GetProperty("fallbacks").GetInt64()));
        await TellsAsync(page, "Fall-backs", "1");
        await TellsAsync(page, "Re-attaches", Sum(runs, static run => run.GetProperty("reattaches").GetInt64()));

        // The other models have no price: it is at least so much.
        var known = runs.Where(static run => run.GetProperty("endedAt").ValueKind != JsonValueKind.Null && run.GetProperty("cost").ValueKind != JsonValueKind.Null)
            .Sum(static run => run.GetProperty("cost").GetProperty("amount").GetDecimal());
        Assert.True(known > 0);
        await TellsAsync(page, "Cost", $"≥ ${known.ToString(known < 0.01m ? "F6" : "F4", CultureInfo.InvariantCulture)}");
        Assert.NotEqual("–", await TileAsync(page, "First event, p50"), StringComparer.Ordinal);

        // Each chart has something drawn in it that is no axis: more colours than a plot of nothing had.
        await Expect.ThatAsync(
            async () => await Charts.ColouredAsync(page) is { Length: 7 } drawn && drawn.Zip(empty.Append(0)).All(static pixels => pixels.First > pixels.Second),
            "each chart shows something", page);
        watch.FindNothing();

        await page.GotoAsync(load.At("/system"));
        var system = await ServiceClient.GetJsonAsync(load.Http, "v1/system");
        var host = Assert.Single(system.GetProperty("hosts").EnumerateArray());
        Assert.Equal(3, host.GetProperty("activeRuns").GetInt64());
        await Expect.TextAsync(page, "[aria-label='Table of hosts']", host.GetProperty("name").GetString()!);
        await Expect.TextAsync(page, "[aria-label='Table of hosts']", host.GetProperty("version").GetString()!);
        await Expect.TextAsync(page, "[aria-label='Table of circuits']", "xai/grok-4");
        Assert.NotEqual(JsonValueKind.Null, Assert.Single(system.GetProperty("circuits").EnumerateArray()).GetProperty("until").ValueKind);
        await Expect.TextAsync(page, "[aria-label='Table of limits']", "deepseek/deepseek-chat");
        await Expect.TextAsync(page, "[aria-label='Table of queues']", "queued");
        await Expect.TextAsync(page, "section[aria-label=Journal]", "✓ healthy");

        // Nothing else answers now. A refusal that is its own request's fault is an answer all the same.
        await load.UntilEndedAsync(await load.SubmitAsync("minimax/minimax-m2", """, "retry": {"maxAttempts": 1}"""));
        await Expect.TextAsync(page, "section[aria-label=Gateway]", "✕ not healthy");
        await load.UntilEndedAsync(await load.SubmitAsync("alibaba/qwen-max"));
        await Expect.TextAsync(page, "section[aria-label=Gateway]", "✓ healthy");
        watch.FindNothing();
    }

    private static Task TellsAsync(IPage page, string tile, string value) =>
        Expect.ThatAsync(async () => await TileAsync(page, tile) == value, $"{tile} is {value}", page);

    private static async Task<string> TileAsync(IPage page, string name) =>
        await page.Locator($".tiles > div:has(dt:text-is('{name}')) dd").InnerTextAsync();

    private static string Count(JsonElement[] runs, string status) => Sum(runs, run => run.GetProperty("status").GetString() == status ? 1 : 0);

    private static string Sum(JsonElement[] runs, Func<JsonElement, long> of) => runs.Sum(of).ToString("N0", CultureInfo.InvariantCulture);

    private static long Tokens(JsonElement run, string name) =>
        run.GetProperty("usage") is { ValueKind: JsonValueKind.Object } usage && usage.GetProperty(name) is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : 0;
}
