using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>What a run's page shows besides its text, with the real service and its emulator.</summary>
public sealed class RunPageTests(SharedProcesses processes)
{
    [BrowserFact]
    public async Task Images_are_seen_and_sound_can_be_played()
    {
        var service = await processes.OpenAsync();
        using var http = ServiceClient.Create(service.Address);
        const string image = """
            {"model": "@cf/stabilityai/stable-diffusion-xl-base-1.0", "input": {"prompt": "a lighthouse at night", "width": 256, "height": 256, "seed": 7}}
            """;
        const string speech = """{"model": "@cf/deepgram/aura-1", "input": {"text": "The harbour opens at nine."}}""";

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(At(service, await ServiceClient.SubmitAsync(http, image, "image", CancellationToken.None)));
        await Expect.ThatAsync(
            () => page.EvaluateAsync<bool>("document.querySelector('.media img')?.naturalWidth === 256"), "an image of 256 pixels", page);

        await page.GotoAsync(At(service, await ServiceClient.SubmitAsync(http, speech, "speech", CancellationToken.None)));
        await Expect.ThatAsync(() => page.EvaluateAsync<bool>("document.querySelector('.media audio')?.duration > 0"), "sound of some length", page);
        watch.FindNothing();
    }

    [BrowserFact]
    public async Task Feedback_goes_to_the_gateways_log_which_is_shown()
    {
        var service = await processes.OpenAsync();
        using var http = ServiceClient.Create(service.Address);
        const string body = """{"model": "openai/gpt-5-mini~rate=0", "input": {"messages": [{"role": "user", "content": "Hello"}]}}""";
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await Notices.KeepAsync(page);
        await page.GotoAsync(At(service, await ServiceClient.SubmitAsync(http, body, "rated", CancellationToken.None)));
        await Expect.TextAsync(page, ".run-title .status", "completed");
        await Find.Tab(page, "Feedback").ClickAsync();
        await Find.Button(page, "Send feedback").ClickAsync();
        await Expect.TextAsync(page, "[role=alert]", "Choose good or bad");
        await Find.Button(page, "Good").ClickAsync();
        await Find.Field(page, "Score, 0 to 100").FillAsync("87");
        await Find.Button(page, "Send feedback").ClickAsync();
        await Notices.TellAsync(page, "The feedback is with the gateway");
        await Find.Tab(page, "Gateway log").ClickAsync();
        await Expect.TextAsync(page, "[aria-label='Gateway log']", "87");
    }

    [BrowserFact]
    public async Task A_connection_that_was_lost_for_good_is_in_the_timeline_of_a_run_that_has_ended()
    {
        var service = await processes.OpenAsync();
        using var http = ServiceClient.Create(service.Address);
        const string lost = """
            {"model": "openai/gpt-5-mini~events=200~rate=0~drop=4000~expired", "retry": {"maxAttempts": 1},
             "input": {"messages": [{"role": "user", "content": "Hello"}]}}
            """;
        var id = await ServiceClient.SubmitAsync(http, lost, "lost", CancellationToken.None);
        var ended = await ServiceClient.EndedAsync(http, id, CancellationToken.None);
        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Equal(0, ended.GetProperty("attempts")[0].GetProperty("reattaches").GetInt32());

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(At(service, id));
        await Expect.TextAsync(page, ".happenings", "Connection lost");
        await Expect.ThatAsync(async () => await page.Locator(".track .bar-gap").CountAsync() == 1, "one gap is drawn", page);
        watch.FindNothing();
    }

    [BrowserFact]
    public async Task A_run_that_fails_tells_why_and_one_that_is_cancelled_stops()
    {
        var service = await processes.OpenAsync();
        using var http = ServiceClient.Create(service.Address);
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        const string refused = """{"model": "openai/gpt-5-mini~status=401", "input": {"messages": [{"role": "user", "content": "Hello"}]}}""";
        await page.GotoAsync(At(service, await ServiceClient.SubmitAsync(http, refused, "refused", CancellationToken.None)));
        await Expect.TextAsync(page, ".banner-bad", "auth");

        const string endless = """{"model": "openai/gpt-5-mini~rate=5~events=5000", "input": {"messages": [{"role": "user", "content": "Hello"}]}}""";
        var id = await ServiceClient.SubmitAsync(http, endless, "endless", CancellationToken.None);
        await page.GotoAsync(At(service, id));
        await Find.Button(page, "Cancel…").ClickAsync();
        await Find.Button(Find.Dialog(page), "Cancel the run").ClickAsync();
        await Expect.TextAsync(page, ".run-title .status", "cancelled");
        Assert.Equal("cancelled", (await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}")).GetProperty("status").GetString());

        await page.GotoAsync(At(service, "run_01M89P9AYA5ZKEG8X0EKPGRFM7"));
        await Expect.TextAsync(page, "main", "There is no such run");
    }

    [BrowserFact]
    public async Task A_run_that_is_over_shows_its_breaks_and_its_journal_is_searched()
    {
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(service.Address);
        const string body = """
            {"model": "openai/gpt-5-mini~rate=0~events=60~truncate=30", "input": {"messages": [{"role": "user", "content": "Hello"}]}, "onStreamFailure": "restart",
             "fallback": {"mode": "client", "models": ["anthropic/claude-haiku-4.5~rate=0~events=60~drop=4000"]}}
            """;
        var id = await ServiceClient.SubmitAsync(http, body, "broken", CancellationToken.None);
        using var ended = await ServiceClient.OutputAsync(http, id, CancellationToken.None);
        Assert.True(ended.IsSuccessStatusCode);

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(At(service, id));
        await Expect.TextAsync(page, ".happenings", "Connection lost (connection-broken)");
        await Expect.TextAsync(page, ".happenings", "Re-attached after");
        await Expect.TextAsync(page, ".happenings", "Fell back to anthropic/claude-haiku-4.5");
        await Expect.TextAsync(page, ".happenings", "Output reset");
        await page.Locator(".bar-gap").First.WaitForAsync();

        await Find.Tab(page, "Journal").ClickAsync();
        await Expect.TextAsync(page, ".journal", "run.submitted");
        await Find.Field(page, "Search").FillAsync("attempt.started");
        await Expect.TextAsync(page, ".journal", "2 of 2 entries match");
        await page.Locator(".entry").First.ClickAsync();
        await Expect.TextAsync(page, ".journal pre", "openai/gpt-5-mini");
        await Find.Field(page, "Search").FillAsync("no entry says so");
        await Expect.TextAsync(page, ".journal", "No entry has this text");
    }

    [BrowserFact]
    public async Task A_run_that_waits_says_for_what_and_where_it_stands()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath, gateway: null, address: null,
            ["--Limits:Models:0:Model", "openai/gpt-5-mini~rate=0", "--Limits:Models:0:Requests", "1", "--Limits:Models:0:WindowSeconds", "3600"]);
        using var http = ServiceClient.Create(service.Address);
        const string body = """{"model": "openai/gpt-5-mini~rate=0", "input": {"messages": [{"role": "user", "content": "Hello"}]}}""";
        await ServiceClient.SubmitAsync(http, body, "first", CancellationToken.None);
        await ServiceClient.SubmitAsync(http, body, "second", CancellationToken.None);
        var third = await ServiceClient.SubmitAsync(http, body, "third", CancellationToken.None);

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        var watch = PageWatch.On(page);
        await page.GotoAsync(At(service, third));
        await Expect.TextAsync(page, ".answer", "Waiting for its turn with openai/gpt-5-mini");
        await Expect.TextAsync(page, ".answer", "1 ahead of it");
        await Expect.TextAsync(page, ".answer", "its turn should come in");
        watch.FindNothing();
    }

    private static string At(ServiceProcess service, string run) => new Uri(service.Address, $"dashboard/runs/{run}").ToString();
}
