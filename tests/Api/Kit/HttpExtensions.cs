using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Api.Tests.Kit;

internal static class HttpExtensions
{
    public static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    public static ByteArrayContent Json(string body) => Json(Encoding.UTF8.GetBytes(body));

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient http, string path, string body) => http.PostAsync(path, Json(body));

    public static Task<HttpResponseMessage> SubmitAsync(this HttpClient http, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/runs") { Content = Json(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static Task<HttpResponseMessage> OpenAsync(this HttpClient http, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The answer must be a run that was accepted with one warning at most, about resuming; null: with none.</summary>
    public static async Task<string?> ReadResumeWarningAsync(this HttpResponseMessage response)
    {
        var run = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, run.GetRawText());
        var warnings = run.GetProperty("warnings").EnumerateArray().ToList();
        if (warnings.Count == 0)
        {
            return null;
        }

        var warning = Assert.Single(warnings);
        Assert.Equal("not-resumable", warning.GetProperty("code").GetString());
        return warning.GetProperty("message").GetString();
    }

    /// <summary>The answer must be a problem, well formed, with this status and code.</summary>
    public static async Task<JsonElement> ReadProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement.Clone();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    /// <summary>Where each error is and what it says, in their order.</summary>
    public static IReadOnlyList<(string Where, string Message)> Errors(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(static error => (error.EnumerateObject().First().Value.GetString()!, error.GetProperty("message").GetString()!))];
}
