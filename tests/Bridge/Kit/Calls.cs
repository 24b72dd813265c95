using System.Text;
using System.Text.Json;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>The calls of the bridge's HTTP surface, written out: the tests must not share the code that they judge.</summary>
internal static class Calls
{
    public static string RunBody(string model, bool stream = true) => JsonSerializer.Serialize(new
    {
        model,
        inputs = new { messages = new[] { new { role = "user", content = "hello" } }, stream },
        options = new { gateway = new { id = "default" } },
    });

    /// <summary>Completes with the headers.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient http, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values.Single() : null;

    /// <summary>The status, code and message of an error in the bridge's own shape.</summary>
    public static async Task<(int Status, string Code, string Message)> ErrorAsync(this HttpResponseMessage response)
    {
        var body = await response.JsonAsync();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(body.GetProperty("success").GetBoolean());
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        return ((int)response.StatusCode, error.GetProperty("code").ToString(), error.GetProperty("message").GetString()!);
    }
}
