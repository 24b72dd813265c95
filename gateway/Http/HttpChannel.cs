using System.Globalization;

namespace Orchestrator.Gateway;

/// <summary>Sends requests to one base URL with one token, and brings back the response or a classified failure.</summary>
internal sealed class HttpChannel
{
    /// <summary>What messages call the other side unless it has a name.</summary>
    public const string Gateway = "the gateway";

    private const int MaxErrorBytes = 64 * 1024;

    private readonly HttpMessageInvoker _http;
    private readonly string _baseUrl;
    private readonly string _tokenHeader;
    private readonly string? _token;
    private readonly AiGatewayClientOptions _options;

    /// <param name="http">Not disposed.</param>
    /// <param name="baseUrl">See <see cref="BaseUrl"/>; a slash at its end makes no difference.</param>
    /// <param name="tokenHeader">The header that takes the token, as a bearer token.</param>
    /// <param name="token">Null sends none.</param>
    /// <param name="options">Bounds and the clock.</param>
    /// <param name="peer">What messages call the other side.</param>
    public HttpChannel(
        HttpMessageInvoker http,
        Uri baseUrl,
        string tokenHeader,
        string? token,
        AiGatewayClientOptions options,
        string peer = Gateway)
    {
        _http = http;
        _baseUrl = baseUrl.AbsoluteUri.TrimEnd('/');
        _tokenHeader = tokenHeader;
        _token = token is null ? null : $"Bearer {token}";
        _options = options;
        Peer = peer;
    }

    public string Peer { get; }

    /// <param name="method">The HTTP method.</param>
    /// <param name="pathAndQuery">From the slash behind the base URL on, escaped.</param>
    public HttpRequestMessage Request(HttpMethod method, string pathAndQuery)
    {
        var request = new HttpRequestMessage(method, new Uri(_baseUrl + pathAndQuery));
        if (_token is not null)
        {
            request.Headers.TryAddWithoutValidation(_tokenHeader, _token);
        }

        return request;
    }

    /// <summary>Returns as soon as the headers are there. A response is a success (2xx), and the caller's to dispose.</summary>
    public async Task<(HttpResponseMessage? Response, FailureReply? Failure)> SendAsync(
        HttpRequestMessage request, SecretScrubber scrubber, bool resume, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFaults.Includes(exception))
        {
            ct.ThrowIfCancellationRequested();
            return (null, new FailureReply { Error = ConnectionFaults.ToError($"No answer from {Peer}", exception, scrubber) });
        }

        if (response.IsSuccessStatusCode)
        {
            return (response, null);
        }

        using (response)
        {
            var error = await ReadErrorAsync(response, scrubber, resume, ct).ConfigureAwait(false);
            return (null, new FailureReply { Error = error, Headers = ReplyHeaderReader.Read(response) });
        }
    }

    /// <summary>The whole body of a success.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, GatewayError? Error)> ReadDocumentAsync(
        HttpResponseMessage response, SecretScrubber scrubber, CancellationToken ct)
    {
        try
        {
            var (bytes, cut) = await BoundedBody.ReadAsync(response.Content, _options.MaxDocumentBytes, ct).ConfigureAwait(false);
            return cut ? (default, TooLarge()) : (bytes, null);
        }
        catch (Exception exception) when (ConnectionFaults.Includes(exception))
        {
            ct.ThrowIfCancellationRequested();
            return (default, ConnectionFaults.ToError($"The connection to {Peer} broke", exception, scrubber));
        }
    }

    private async Task<GatewayError> ReadErrorAsync(
        HttpResponseMessage response, SecretScrubber scrubber, bool resume, CancellationToken ct)
    {
        ReadOnlyMemory<byte> body = default;
        try
        {
            (body, _) = await BoundedBody.ReadAsync(response.Content, MaxErrorBytes, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFaults.Includes(exception))
        {
            // The status says enough: a body that broke off only costs the message.
            ct.ThrowIfCancellationRequested();
        }

        var wait = RetryAfter.Parse(ReplyHeaderReader.First(response.Headers, "Retry-After"), _options.Time);
        return ErrorClassifier.FromResponse((int)response.StatusCode, ErrorBody.Parse(body, scrubber), wait, resume, Peer);
    }

    private GatewayError TooLarge() => new()
    {
        Code = ErrorCodes.DocumentTooLarge,
        Message = string.Create(CultureInfo.InvariantCulture, $"The answer is larger than {_options.MaxDocumentBytes} bytes."),
    };
}
