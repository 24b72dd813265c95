using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;

namespace Orchestrator.Bench.Cluster;

/// <summary>A run, and a client that reads it to its end through one silo, and through the next one where that is gone: from its last event.</summary>
/// <param name="id">The run.</param>
/// <param name="owner">The silo that took it, and works on it first.</param>
/// <param name="silos">The addresses of the silos that the client knows, the one it likes best first.</param>
internal sealed class FollowedRun(string id, int owner, IReadOnlyList<(int Silo, Uri Address)> silos)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly List<long> _arrivals = [];
    private long _last;
    private int _next;

    public string Id => id;

    public int Owner => owner;

    public int ReadThrough => silos[0].Silo;

    /// <summary>Events so far.</summary>
    public int Count => _arrivals.Count;

    /// <summary>Connections that broke, or were refused.</summary>
    public int Breaks { get; private set; }

    /// <summary>Null until the run's end has been read; then whether it completed, with every event once and in order.</summary>
    public bool? IsWhole { get; private set; }

    /// <summary>The longest silence that ended after an instant, in seconds.</summary>
    public double LongestSilence(long since)
    {
        var longest = 0.0;
        for (var i = 1; i < _arrivals.Count; i++)
        {
            if (_arrivals[i] > since)
            {
                longest = Math.Max(longest, Stopwatch.GetElapsedTime(_arrivals[i - 1], _arrivals[i]).TotalSeconds);
            }
        }

        return longest;
    }

    public async Task ReadAsync(HttpClient http, CancellationToken cancellationToken)
    {
        while (IsWhole is null)
        {
            try
            {
                await ReadOnceAsync(http, new Uri(silos[_next].Address, $"v1/runs/{id}/events"), cancellationToken);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                Breaks++;
                _next = (_next + 1) % silos.Count;
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private async Task ReadOnceAsync(HttpClient http, Uri events, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, events);
        if (_last > 0)
        {
            request.Headers.Add("Last-Event-ID", _last.ToString(CultureInfo.InvariantCulture));
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"{events}: {(int)response.StatusCode}");
        }

        var inOrder = true;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body, static (_, _) => true).EnumerateAsync(cancellationToken))
        {
            _arrivals.Add(Stopwatch.GetTimestamp());
            var number = long.Parse(item.EventId ?? "0", CultureInfo.InvariantCulture);
            inOrder &= number == _last + 1;
            _last = number;
            if (item.EventType is "run.completed" or "run.failed" or "run.cancelled")
            {
                IsWhole = inOrder && item.EventType == "run.completed";
                return;
            }
        }
    }
}
