using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Client;

/// <summary>Sends requests to the service: address, key, retries, and errors as exceptions, in one place.</summary>
internal sealed class ServiceCalls
{
    private readonly HttpClient _http;
    private readonly OrchestratorClientOptions _options;
    private readonly BackoffPolicy _policy;

    public ServiceCalls(HttpClient http, OrchestratorClientOptions options)
    {
        _http = http;
        _options = options;
        _policy = options.Calls;
        var address = options.BaseAddress ?? http.BaseAddress ?? OrchestratorClientOptions.DefaultBaseAddress;
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"The service's address must be an absolute http or https URL, not '{address}'.", nameof(options));
        }

        // Without the slash the last segment of a path would be replaced, not extended.
        var text = address.GetLeftPart(UriPartial.Path);
        BaseAddress = new Uri(text.EndsWith('/') ? text : text + "/");
    }

    public Uri BaseAddress { get; }

    public HttpRequestMessage Request(HttpMethod method, string path, string accept = "application/json")
    {
        var request = new HttpRequestMessage(method, new Uri(BaseAddress, path));
        request.Headers.Accept.ParseAdd(accept);
        if (_options.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    /// <summary>Sends until there is a success, a refusal, or the policy gives up.</summary>
    /// <param name="request">Makes the request anew for each try, which is numbered from 1.</param>
    /// <param name="retry">Whether doing it twice does no harm. Where false, only what surely never arrived is sent again.</param>
    /// <param name="accepts">Statuses besides 2xx that the caller handles itself, by try.</param>
    /// <returns>The answer, its body read to the end.</returns>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> request, bool retry, CancellationToken cancellationToken, Func<HttpStatusCode, int, bool>? accepts = null)
    {
        var backoff = new Backoff(_policy, _options.Random);
        var began = _options.TimeProvider.GetTimestamp();
        var mayHaveArrived = false;
        while (true)
        {
            var outcome = await TryAsync(request, backoff.Tries + 1, accepts, cancellationToken).ConfigureAwait(false);
            if (outcome.Response is { } response)
            {
                return response;
            }

            mayHaveArrived |= !outcome.NeverArrived;
            var delay = backoff.Next(outcome.Refusal?.RetryAfter);
            var again = retry ? outcome.Transient : outcome.NeverArrived;
            if (!again || _policy.GivesUp(_options.TimeProvider.GetElapsedTime(began), delay))
            {
                throw outcome.Refusal ?? Unreachable(outcome.Lost!, mayHaveArrived);
            }

            await Task.Delay(delay, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The problem an answer tells of. Reads its body; leaves the answer open.</summary>
    public async Task<OrchestratorException> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return ProblemReader.Read(response.StatusCode, response.ReasonPhrase, body, RetryAfter(response));
    }

    private async Task<CallOutcome> TryAsync(
        Func<HttpRequestMessage> make, int number, Func<HttpStatusCode, int, bool>? accepts, CancellationToken cancellationToken)
    {
        try
        {
            using var request = make();
            var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode || accepts?.Invoke(response.StatusCode, number) == true)
            {
                return new CallOutcome { Response = response };
            }

            using (response)
            {
                return new CallOutcome
                {
                    Refusal = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false),
                    Transient = Faults.IsTransient(response.StatusCode),
                    NeverArrived = response.StatusCode == HttpStatusCode.TooManyRequests,
                };
            }
        }
        catch (Exception e) when (Faults.IsConnectionLost(e, cancellationToken))
        {
            return new CallOutcome { Lost = e, Transient = true, NeverArrived = Faults.NeverConnected(e) };
        }
    }

    private ServiceUnreachableException Unreachable(Exception cause, bool mayHaveArrived) =>
        new(BaseAddress, $"No answer from {BaseAddress}: {cause.Message}", cause) { MayHaveArrived = mayHaveArrived };

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.TimeProvider.GetUtcNow(),
        _ => null,
    };
}
