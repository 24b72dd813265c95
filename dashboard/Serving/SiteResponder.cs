using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Dashboard;

/// <summary>
/// Answers for a file of the site, and with its page for every other path: the page's own script reads the path. Files under
/// <c>assets/</c> carry their hash in the name and are kept for ever; the page is asked for anew each time.
/// </summary>
internal sealed class SiteResponder(IReadOnlyDictionary<string, Lazy<SiteFile>> files)
{
    private const string Page = "index.html";
    private const string Assets = "assets/";

    /// <summary>Scripts and styles are files of ours, nothing else runs; what a model wrote can load nothing and send nothing.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
        + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string LeftOut =
        "The dashboard was left out of this build: it needs Node.js 20.19 or newer, with npm. Install it and build again "
        + "(dotnet build standalone). The HTTP API works without it: see /openapi/v1.json.\n";

    public Task RespondAsync(HttpContext context)
    {
        var path = (context.Request.RouteValues["path"] as string) ?? "";
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (files.TryGetValue(path, out var file))
        {
            return SendAsync(context, file.Value, isPage: path == Page);
        }

        if (path.StartsWith(Assets, StringComparison.Ordinal))
        {
            // Of a version before or after: a page in its place would be run as a script.
            return SendTextAsync(context, StatusCodes.Status404NotFound, "This version of the dashboard has no such file: load the page anew.\n");
        }

        return files.TryGetValue(Page, out var page)
            ? SendAsync(context, page.Value, isPage: true)
            : SendTextAsync(context, StatusCodes.Status501NotImplemented, LeftOut);
    }

    private static Task SendAsync(HttpContext context, SiteFile file, bool isPage)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = isPage ? "no-cache" : "public, max-age=31536000, immutable";
        if (isPage && request.PathBase.HasValue)
        {
            return SendBodyAsync(context, file.ContentType, Below(file.Body, request.PathBase));
        }

        response.Headers.ETag = file.Tag.ToString();
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(file.Tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        if (file.Compressed is null || !request.GetTypedHeaders().AcceptEncoding.Any(static coding => coding.Value == "br" && coding.Quality is not 0))
        {
            return SendBodyAsync(context, file.ContentType, file.Body);
        }

        response.Headers.ContentEncoding = "br";
        return SendBodyAsync(context, file.ContentType, file.Compressed);
    }

    /// <summary>The page of a service that is served below a path of another one.</summary>
    private static byte[] Below(byte[] page, PathString pathBase) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(page).Replace(
            $"\"{DashboardSite.Path}/", $"\"{pathBase.ToUriComponent()}{DashboardSite.Path}/", StringComparison.Ordinal));

    private static Task SendTextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-cache";
        return SendBodyAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    private static Task SendBodyAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}
