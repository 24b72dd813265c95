using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>Plain HTTP against the service and the emulator: the tests must not share the code that they judge.</summary>
internal static class ServiceClient
{
    public static HttpClient Create(Uri address) => new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMinutes(1) })
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    /// <summary>Submits with an idempotency key until the service takes it, through any number of deaths of it.</summary>
    public static async Task<string> SubmitAsync(HttpClient http, string body, string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "v1/runs") { Content = Json(body) };
                request.Headers.Add("Idempotency-Key", key);
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
                {
                    return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
                }

                Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)response.StatusCode} {text}");
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // Between a death and a start.
            }

            await Task.Delay(30, cancellationToken);
        }
    }

    /// <summary>What the output is asked for again and again answers at the run's end, however long that takes.</summary>
    public static async Task<HttpResponseMessage> OutputAsync(HttpClient http, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var output = await http.GetAsync(new Uri($"v1/runs/{id}/output?wait=30", UriKind.Relative), cancellationToken);
            if (output.StatusCode != HttpStatusCode.Accepted)
            {
                return output;
            }

            output.Dispose();
        }
    }

    /// <summary>The run, when it has ended.</summary>
    public static async Task<JsonElement> EndedAsync(HttpClient http, string id, CancellationToken cancellationToken)
    {
        using var output = await OutputAsync(http, id, cancellationToken);
        return await GetJsonAsync(http, $"v1/runs/{id}");
    }

    public static async Task<JsonElement> GetJsonAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public static Task<byte[]> GetBytesAsync(HttpClient http, string path) => http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
}
