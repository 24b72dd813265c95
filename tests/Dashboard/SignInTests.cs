using System.Net.Http.Headers;
using Microsoft.Playwright;
using Orchestrator.Dashboard.Tests.Kit;

namespace Orchestrator.Dashboard.Tests;

/// <summary>Who may look, with the real service.</summary>
public sealed class SignInTests(SharedProcesses processes)
{
    [BrowserFact]
    public async Task A_wrong_key_is_refused_and_a_right_one_shows_the_tenants_runs_alone()
    {
        var service = await processes.KeyedAsync();
        var ours = await SubmitAsync(service.Address, Keys.Ours, "ours");
        var theirs = await SubmitAsync(service.Address, Keys.Theirs, "theirs");

        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await SignInPage.EnterAsync(page, "not-a-key");
        await Expect.TextAsync(page, "[role=alert]", "does not know this key");
        Assert.Equal("password", await SignInPage.KeyField(page).GetAttributeAsync("type"));

        await SignInPage.EnterAsync(page, Keys.Ours);
        await page.Locator($"[data-run='{ours}']").WaitForAsync();
        Assert.Equal(0, await page.Locator($"[data-run='{theirs}']").CountAsync());
        await Expect.TextAsync(page, ".tenant", "acme");

        // Not by its address either.
        await page.GotoAsync(new Uri(service.Address, $"dashboard/runs/{theirs}").ToString());
        await Expect.TextAsync(page, "main", "There is no such run");

        // The key is nowhere that a script could find it.
        var kept = await page.EvaluateAsync<string>("JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])");
        Assert.DoesNotContain(Keys.Ours, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("orchestrator_session", kept, StringComparison.Ordinal);
        var cookie = Assert.Single(await context.CookiesAsync(), static cookie => cookie.Name == "orchestrator_session");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);

        await Find.Button(page, "Sign out").ClickAsync();
        await Expect.TextAsync(page, "main", "You are signed out");
        Assert.DoesNotContain(await context.CookiesAsync(), static cookie => cookie.Name == "orchestrator_session");
    }

    [BrowserFact]
    public async Task Who_could_not_be_signed_out_is_told_and_stays_in()
    {
        await using var service = await ClockedService.StartAsync(Keys.Settings);
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard").ToString());
        await SignInPage.EnterAsync(page, Keys.Ours);
        await Expect.TextAsync(page, ".tenant", "acme");

        await page.RouteAsync("**/v1/session", static route => route.Request.Method == "DELETE" ? route.AbortAsync() : route.ContinueAsync());
        await Find.Button(page, "Sign out").ClickAsync();
        await Expect.TextAsync(page, ".notice", "You are still signed in");
        Assert.Equal("acme", await page.Locator(".tenant").InnerTextAsync());

        await page.UnrouteAllAsync();
        await Find.Button(page, "Sign out").ClickAsync();
        await Expect.TextAsync(page, "main", "You are signed out");
    }

    [BrowserFact]
    public async Task A_session_that_is_over_leads_to_the_sign_in_and_back_to_the_same_page()
    {
        using var directory = new TemporaryDirectory();
        var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null, address: null, Keys.Settings);
        try
        {
            var run = await SubmitAsync(service.Address, Keys.Ours, "ours");
            await using var proxy = new CuttableProxy(service.Address);
            await using var context = await Chromium.OpenAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(proxy.Address, $"dashboard/runs/{run}").ToString());
            await SignInPage.EnterAsync(page, Keys.Ours);
            await page.Locator(".run-title").WaitForAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).First.ClickAsync();
            await page.Locator($"[data-run='{run}']").WaitForAsync();

            // The key is taken out of the configuration: its sessions are over.
            await service.KillAsync();
            await service.DisposeAsync();
            service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null, address: null, Keys.SettingsOfTheirs);
            proxy.Target = service.Address;
            await Expect.TextAsync(page, "main", "Your session is over");
            await service.KillAsync();
            await service.DisposeAsync();
            service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null, address: null, Keys.Settings);
            proxy.Target = service.Address;
            await SignInPage.EnterAsync(page, Keys.Ours);
            await page.Locator($"[data-run='{run}']").WaitForAsync();
            Assert.EndsWith("/dashboard/runs", page.Url, StringComparison.Ordinal);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [BrowserFact]
    public async Task A_session_whose_time_is_up_ends_by_itself_and_goes_on_where_it_was()
    {
        await using var service = await ClockedService.StartAsync(Keys.Settings);
        var run = await service.SubmitAsync("acme");
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs?model=openai%2Fgpt-5-mini").ToString());
        await SignInPage.EnterAsync(page, Keys.Ours);
        await page.Locator($"[data-run='{run}']").WaitForAsync();

        // The feed that the page reads is ended with its session; nobody touches the page.
        service.Clock.Advance(TimeSpan.FromHours(12));
        await Expect.TextAsync(page, "main", "Your session is over. Sign in again to go on where you were.");
        Assert.Equal(0, await page.Locator("[data-run]").CountAsync());

        await SignInPage.EnterAsync(page, Keys.Ours);
        await page.Locator($"[data-run='{run}']").WaitForAsync();
        Assert.EndsWith("/dashboard/runs?model=openai%2Fgpt-5-mini", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Who_may_not_operate_can_not_press_what_needs_it()
    {
        var service = await processes.KeyedAsync();
        var run = await SubmitAsync(service.Address, Keys.Theirs, "not-operated");
        await using var context = await Chromium.OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(service.Address, "dashboard/runs").ToString());
        await SignInPage.EnterAsync(page, Keys.Theirs);
        await page.Locator($"[data-run='{run}'] input").ClickAsync();
        Assert.True(await Find.Button(page, "Delete…").IsDisabledAsync());
    }

    private static async Task<string> SubmitAsync(Uri address, string key, string idempotency)
    {
        using var http = ServiceClient.Create(address);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        const string body = """{"model": "openai/gpt-5-mini~rate=0", "input": {"messages": [{"role": "user", "content": "Hello"}]}}""";
        return await ServiceClient.SubmitAsync(http, body, idempotency, CancellationToken.None);
    }
}
