using System.Net;
using System.Text.Json;

namespace Orchestrator.Client;

/// <summary>
/// A client of the Orchestrator service. Thread safe; keep one. Calls that do no harm twice are sent again when the service can not be
/// reached or is busy, within <see cref="OrchestratorClientOptions.Calls"/>.
/// </summary>
/// <remarks>Every method throws <see cref="OrchestratorException"/> where the service refuses, <see cref="ServiceUnreachableException"/>
/// where it gave no answer and <see cref="MalformedAnswerException"/> where the answer is none of its own.</remarks>
public sealed partial class OrchestratorClient
{
    private readonly HttpClient _http;
    private readonly OrchestratorClientOptions _options;
    private readonly ServiceCalls _calls;

    /// <param name="http">Sends the requests; its handler decides on proxies and certificates. Not changed, not disposed.</param>
    /// <param name="options">Null: the defaults.</param>
    public OrchestratorClient(HttpClient http, OrchestratorClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _options = options ?? new OrchestratorClientOptions();
        _options.Check(nameof(options));
        _calls = new ServiceCalls(http, _options);
    }

    /// <summary>Where the service is, with a slash at the end.</summary>
    public Uri BaseAddress => _calls.BaseAddress;

    private Task<HttpResponseMessage> GetResponseAsync(string path, CancellationToken cancellationToken, string accept = "application/json") =>
        _calls.SendAsync(() => _calls.Request(HttpMethod.Get, path, accept), retry: true, cancellationToken);

    private async Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var response = await GetResponseAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, read, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return read(JsonSerializer.Deserialize(body, WireJson.Default.JsonElement));
        }
        catch (JsonException e)
        {
            var asked = response.RequestMessage?.RequestUri;
            throw new MalformedAnswerException($"The answer of {asked} is not what the service's contract says: {e.Message}", e)
            {
                Status = response.StatusCode,
            };
        }
    }

    private static Run ReadRun(JsonElement json) =>
        (json.Deserialize(WireJson.Default.Run) ?? throw new JsonException("A run is null.")) with { Json = json };

    private static RunPage ReadPage(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("runs", out var runs) && runs.ValueKind == JsonValueKind.Array
            ? new RunPage { Runs = [.. runs.EnumerateArray().Select(ReadRun)], Next = ReadNext(json) }
            : throw new JsonException("A page has no list of runs.");

    private static string? ReadNext(JsonElement page) =>
        page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }

    // A delete whose answer was lost finds the run gone when it is sent again: that is its success.
    private static bool IsGoneOnRetry(HttpStatusCode status, int attempt) => status == HttpStatusCode.NotFound && attempt > 1;
}
