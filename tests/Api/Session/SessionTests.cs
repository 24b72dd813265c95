using System.Net;
using Orchestrator.Api.Tests.Auth;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Session;

/// <summary>A browser that signs in with a key.</summary>
public sealed class SessionTests
{
    private static readonly (string Key, string? Value)[] Keys =
        [.. AccessTests.Entry(0, "acme", "operate-key", "operate"), .. AccessTests.Entry(1, "acme", "read-key", "read"), .. AccessTests.Entry(2, "other", "other-key", "operate")];

    [Fact]
    public async Task A_key_is_exchanged_for_a_cookie_that_no_script_reads()
    {
        await using var host = await ApiHost.StartAsync(Keys);

        using var response = await host.Http.PostJsonAsync("/v1/session", """{"key":"read-key"}""");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("orchestrator_session=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; max-age=43200; path=/; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("read-key", cookie, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Over_https_the_cookie_is_sent_over_https_only()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/session") { Content = HttpExtensions.Json("""{"key":"read-key"}""") };
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await host.Http.SendAsync(request);

        Assert.Contains("; secure;", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"key":"wrong"}""", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("""{"key":""}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("""{"key":null}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("""{"key":"read-key","more":1}""", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("[]", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("", HttpStatusCode.BadRequest, "invalid")]
    public async Task What_is_no_key_opens_no_session(string body, HttpStatusCode status, string code)
    {
        await using var host = await ApiHost.StartAsync(Keys);

        using var response = await host.Http.PostJsonAsync("/v1/session", body);

        await response.ReadProblemAsync(status, code);
        Assert.Equal(status == HttpStatusCode.Unauthorized ? "Bearer realm=\"orchestrator\"" : "", response.Headers.WwwAuthenticate.ToString());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_form_of_another_site_can_not_sign_in()
    {
        await using var host = await ApiHost.StartAsync(Keys);

        using var response = await host.Http.PostAsync("/v1/session", new StringContent("""{"key":"read-key"}""", null, "text/plain"));

        await response.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task The_session_says_who_it_is_and_until_when()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        var cookie = await SignInAsync(host, "operate-key");

        using var session = await SendAsync(host, "GET", "/v1/session", cookie);
        using var key = await host.Http.OpenAsync("/v1/session", ("Authorization", "Bearer read-key"));

        Assert.Equal("""{"tenant":"acme","roles":["submit","read","operate"],"expiresAt":"2026-11-22T00:00:00Z","open":false}""", await session.Content.ReadAsStringAsync());
        Assert.Equal("""{"tenant":"acme","roles":["read"],"expiresAt":null,"open":false}""", await key.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task With_keys_nobody_is_somebody_without_one()
    {
        await using var host = await ApiHost.StartAsync(Keys);

        using var response = await host.Http.GetAsync("/v1/session");

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Without_keys_the_service_is_open_and_says_so()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal("""{"tenant":"","roles":["submit","read","operate"],"expiresAt":null,"open":true}""", await host.Http.GetStringAsync("/v1/session"));
        using var response = await host.Http.PostJsonAsync("/v1/session", """{"key":"k"}""");
        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        using var far = await host.Http.OpenAsync("/v1/session", ("X-Forwarded-For", "10.0.0.1"));
        await far.ReadProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Reading_needs_the_cookie_alone()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        host.Runs.Add(Sample.Run(), "acme");

        using var mine = await SendAsync(host, "GET", $"/v1/runs/{Sample.Id}", await SignInAsync(host, "read-key"));
        using var theirs = await SendAsync(host, "GET", $"/v1/runs/{Sample.Id}", await SignInAsync(host, "other-key"));

        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("true", false)]
    [InlineData("1", true)]
    public async Task A_change_needs_proof_that_a_page_of_this_site_makes_it(string? proof, bool allowed)
    {
        await using var host = await ApiHost.StartAsync(Keys);
        host.Runs.Add(Sample.Run(), "acme");
        var cookie = await SignInAsync(host, "operate-key");

        using var response = await SendAsync(host, "POST", $"/v1/runs/{Sample.Id}/cancel", cookie, proof);

        if (allowed)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return;
        }

        await response.ReadProblemAsync(HttpStatusCode.Forbidden, "csrf");
        Assert.Equal(RunStatus.Running, (await host.Runs.GetAsync("acme", Sample.Id, default))!.Status);
    }

    [Fact]
    public async Task A_session_may_no_more_than_its_key()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        host.Runs.Add(Sample.Run(), "acme");

        using var response = await SendAsync(host, "POST", $"/v1/runs/{Sample.Id}/cancel", await SignInAsync(host, "read-key"), "1");

        await response.ReadProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_key_in_the_header_counts_before_the_cookie()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        var cookie = await SignInAsync(host, "operate-key");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/session");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer wrong");

        using var response = await host.Http.SendAsync(request);

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        var cookie = await SignInAsync(host, "read-key");

        host.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        using var before = await SendAsync(host, "GET", "/v1/runs", cookie);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await SendAsync(host, "GET", "/v1/runs", cookie);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await after.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_feed_ends_with_the_session_that_opened_it()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        var cookie = await SignInAsync(host, "read-key");
        using var feed = await host.Http.OpenAsync("/v1/runs/feed", ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.OK, feed.StatusCode);
        using var reader = new StreamReader(await feed.Content.ReadAsStreamAsync());

        // Its place is written once the end of its session is set: time must not pass before.
        var place = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.StartsWith("id: ", place, StringComparison.Ordinal);
        var end = reader.ReadToEndAsync();

        host.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.False(end.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await end.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("orchestrator_session=abc")]
    [InlineData("orchestrator_session=%00")]
    [InlineData("orchestrator_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_cookie_that_is_no_session_is_refused(string cookie)
    {
        await using var host = await ApiHost.StartAsync(Keys);

        using var response = await SendAsync(host, "GET", "/v1/runs", cookie);

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer realm=\"orchestrator\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("A")]
    public async Task A_session_with_something_behind_it_is_refused(string more)
    {
        await using var host = await ApiHost.StartAsync(Keys);

        // A client of its own: the one that signed in would send the good cookie beside it.
        using var http = new HttpClient { BaseAddress = host.Address };
        using var response = await http.OpenAsync("/v1/runs", ("Cookie", await SignInAsync(host, "read-key") + more));

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task A_session_of_another_service_is_refused()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        await using var other = await ApiHost.StartAsync(Keys);

        using var response = await SendAsync(host, "GET", "/v1/runs", await SignInAsync(other, "read-key"));

        await response.ReadProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_back()
    {
        await using var host = await ApiHost.StartAsync(Keys);
        var cookie = await SignInAsync(host, "read-key");

        using var forged = await SendAsync(host, "DELETE", "/v1/session", cookie);
        using var response = await SendAsync(host, "DELETE", "/v1/session", cookie, "1");
        using var again = await SendAsync(host, "DELETE", "/v1/session", "a=b");

        await forged.ReadProblemAsync(HttpStatusCode.Forbidden, "csrf");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.StartsWith("orchestrator_session=; expires=Thu, 01 Jan 1970", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    private static async Task<string> SignInAsync(ApiHost host, string key)
    {
        using var response = await host.Http.PostJsonAsync("/v1/session", $$"""{"key":"{{key}}"}""");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static Task<HttpResponseMessage> SendAsync(ApiHost host, string method, string path, string cookie, string? proof = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (proof is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Orchestrator-Csrf", proof);
        }

        return host.Http.SendAsync(request);
    }
}
