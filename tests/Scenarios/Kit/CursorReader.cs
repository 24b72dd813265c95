using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;

namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>A client that follows a run's events by its cursor alone, hangs up now and then, and comes back, to the terminal event.</summary>
internal sealed class CursorReader(HttpClient http, string run, Random random)
{
    private readonly List<ReceivedEvent> _events = [];

    public IReadOnlyList<ReceivedEvent> Events => _events;

    public int Connections { get; private set; }

    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (!await ReadOnceAsync(cancellationToken))
        {
            await Task.Delay(30, cancellationToken);
        }
    }

    private async Task<bool> ReadOnceAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/runs/{run}/events");
        if (_events.Count > 0)
        {
            request.Headers.Add("Last-Event-ID", _events[^1].Seq.ToString(CultureInfo.InvariantCulture));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return response.StatusCode == HttpStatusCode.NoContent;
            }

            Connections++;
            var patience = random.Next(5, 120);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            {
                _events.Add(new ReceivedEvent(long.Parse(item.EventId ?? "0", CultureInfo.InvariantCulture), item.EventType, item.Data));
                if (item.EventType is "run.completed" or "run.failed" or "run.cancelled")
                {
                    return true;
                }

                if (--patience == 0)
                {
                    return false;
                }
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // The service was killed, or told us to come back.
        }

        return false;
    }
}
