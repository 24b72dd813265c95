using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;

namespace Orchestrator.Client;

/// <summary>One connection to a run's event stream. Faults that pass by themselves are steps, final ones are exceptions.</summary>
internal sealed class EventConnection : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly ServiceCalls _calls;
    private readonly CancellationToken _callers;
    private readonly Action _onBytes;
    private readonly IdleLimit _idle;
    private HttpResponseMessage? _response;
    private IAsyncEnumerator<SseItem<WireEvent>>? _events;

    public EventConnection(
        HttpClient http, ServiceCalls calls, OrchestratorClientOptions options, Action onBytes, CancellationToken cancellationToken)
    {
        _http = http;
        _calls = calls;
        _callers = cancellationToken;
        _onBytes = onBytes;
        _idle = new IdleLimit(options.IdleLimit, options.TimeProvider, cancellationToken);
    }

    /// <summary>Asks for the events behind the cursor.</summary>
    /// <exception cref="OrchestratorException">The service refuses, for good.</exception>
    public async Task<StreamStep> OpenAsync(string runId, long after)
    {
        var query = after > 0 ? string.Create(CultureInfo.InvariantCulture, $"?after={after}") : "";
        _idle.Arm();
        try
        {
            using var request = _calls.Request(HttpMethod.Get, RunPath.Of(runId, "/events" + query), "text/event-stream");
            _response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _idle.Token).ConfigureAwait(false);
            if (_response.StatusCode == HttpStatusCode.NoContent)
            {
                return StreamStep.Finished();
            }

            if (!_response.IsSuccessStatusCode)
            {
                var problem = await _calls.ReadProblemAsync(_response, _idle.Token).ConfigureAwait(false);
                return Faults.IsTransient(_response.StatusCode)
                    ? StreamStep.Dropped(DropReason.Busy, problem, problem.RetryAfter)
                    : throw problem;
            }

            if (_response.Content.Headers.ContentType?.MediaType is var type && type != "text/event-stream")
            {
                throw new MalformedAnswerException($"{_calls.BaseAddress} answered {type ?? "no content type"} where an event stream was asked for.");
            }

            var body = await _response.Content.ReadAsStreamAsync(_idle.Token).ConfigureAwait(false);
            _events = SseParser.Create(new IdleGuardedStream(body, _idle, _onBytes), WireEvent.Parse)
                .EnumerateAsync(_idle.Token)
                .GetAsyncEnumerator(_idle.Token);
            return StreamStep.Opened();
        }
        catch (Exception e) when (Faults.IsConnectionLost(e, _callers))
        {
            return StreamStep.Dropped(DropReason.NotConnected, e);
        }
        finally
        {
            _idle.Disarm();
        }
    }

    /// <summary>The next event. An event that broke off is never seen: the parser holds it back until its end.</summary>
    /// <exception cref="MalformedAnswerException">What came is no event of a run.</exception>
    public async ValueTask<StreamStep> NextAsync()
    {
        try
        {
            return await _events!.MoveNextAsync().ConfigureAwait(false)
                ? StreamStep.Next(_events.Current.Data)
                : StreamStep.Dropped(DropReason.EndedEarly);
        }
        catch (Exception e) when (Faults.IsConnectionLost(e, _callers))
        {
            return _idle.Expired ? StreamStep.Dropped(DropReason.Silent) : StreamStep.Dropped(DropReason.Broken, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_events is not null)
        {
            await _events.DisposeAsync().ConfigureAwait(false);
        }

        _response?.Dispose();
        _idle.Dispose();
    }
}
