using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Dashboard.Tests;

/// <summary>How the pages are sent.</summary>
public sealed class ServingTests
{
    private const string Page = "<script type=\"module\" src=\"/dashboard/assets/index-abc.js\"></script>";

    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/runs?status=failed")]
    [InlineData("/dashboard/runs/run_01M89P9AYA5ZKEG8X0EKPGRFM7")]
    [InlineData("/dashboard/index.html")]
    public async Task Every_path_is_the_page_which_is_asked_for_anew_each_time(string path)
    {
        await using var site = await SiteAsync(Files());
        using var answer = await GetAsync(site, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Page, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
            + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_and_those_of_another_version_are_not_there()
    {
        await using var site = await SiteAsync(Files());
        using var asset = await GetAsync(site, "/dashboard/assets/index-abc.js");
        Assert.Equal("text/javascript; charset=utf-8", asset.Content.Headers.ContentType!.ToString());
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var known = await GetAsync(site, "/dashboard/assets/index-abc.js", ("If-None-Match", asset.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var other = await GetAsync(site, "/dashboard/assets/index-old.js");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Who_takes_brotli_gets_it()
    {
        await using var site = await SiteAsync(Files());
        using var answer = await GetAsync(site, "/dashboard/assets/index-abc.js", ("Accept-Encoding", "gzip, br"));
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        using var refused = await GetAsync(site, "/dashboard/assets/index-abc.js", ("Accept-Encoding", "br;q=0"));
        Assert.Empty(refused.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Below_a_path_of_another_site_the_page_asks_for_its_files_there()
    {
        await using var site = await SiteAsync(Files(), "/ai");
        using var answer = await GetAsync(site, "/ai/dashboard/runs");
        Assert.Contains("\"/ai/dashboard/assets/index-abc.js\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_without_the_pages_says_what_it_lacks()
    {
        await using var site = await SiteAsync(new Dictionary<string, Lazy<SiteFile>>(StringComparer.Ordinal));
        using var answer = await GetAsync(site, "/dashboard/runs");
        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("needs Node.js 20.19 or newer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Dictionary<string, Lazy<SiteFile>> Files() => new(StringComparer.Ordinal)
    {
        ["index.html"] = new(new SiteFile("text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page), null, new EntityTagHeaderValue("\"1\""))),
        ["assets/index-abc.js"] = new(new SiteFile(
            "text/javascript; charset=utf-8", "export {}"u8.ToArray(), [0x0b, 0x04], new EntityTagHeaderValue("\"2\""))),
    };

    private static async Task<WebApplication> SiteAsync(IReadOnlyDictionary<string, Lazy<SiteFile>> files, string? pathBase = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        if (pathBase is not null)
        {
            app.UsePathBase(pathBase);
        }

        app.UseRouting();
        app.MapDashboard(files);
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> GetAsync(WebApplication site, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient { BaseAddress = new Uri(site.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await http.SendAsync(request);
    }
}
