using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;

namespace Orchestrator.Cluster.Tests.Kit;

/// <summary>
/// A run and a client that reads it to its end through one silo, and through the next one where that is gone: by its cursor, over plain HTTP.
/// </summary>
/// <param name="id">The run.</param>
/// <param name="submittedTo">The silo that took it, which works on it.</param>
/// <param name="silos">The silos that the client knows, the one it likes best first.</param>
internal sealed class FollowedRun(string id, int submittedTo, IReadOnlyList<int> silos, Func<int, Uri> address)
{
    private readonly List<long> _numbers = [];
    private readonly List<long> _times = [];
    private int _next;

    public string Id => id;

    public int SubmittedTo => submittedTo;

    public int ReadThrough => silos[0];

    /// <summary>The sequence numbers in the order in which they came.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>Connections that broke, or were refused.</summary>
    public int Breaks { get; private set; }

    public string End { get; private set; } = "";

    /// <summary>How often a silo took the run up from another one; known once the workload has been checked.</summary>
    public int Reattaches { get; set; }

    /// <summary>The longest silence between two events that was not over at that time, of a run that has been read to its end.</summary>
    /// <param name="since">As <see cref="Stopwatch.GetTimestamp"/> tells it: what a cluster needed to get going is not counted.</param>
    public TimeSpan LongestGap(long since) =>
        _times.Zip(_times.Skip(1)).Where(gap => gap.Second > since).Select(static gap => Stopwatch.GetElapsedTime(gap.First, gap.Second)).Max();

    public async Task ReadAsync(HttpClient http, CancellationToken cancellationToken)
    {
        while (End.Length == 0)
        {
            var silo = silos[_next];
            try
            {
                await ReadOnceAsync(http, new Uri(address(silo), $"v1/runs/{id}/events"), cancellationToken);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                Breaks++;
                _next = (_next + 1) % silos.Count;
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private async Task ReadOnceAsync(HttpClient http, Uri events, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, events);
        if (_numbers.Count > 0)
        {
            request.Headers.Add("Last-Event-ID", _numbers[^1].ToString(CultureInfo.InvariantCulture));
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"{events}: {(int)response.StatusCode}");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            _times.Add(Stopwatch.GetTimestamp());
            _numbers.Add(long.Parse(item.EventId ?? "0", CultureInfo.InvariantCulture));
            if (item.EventType is "run.completed" or "run.failed" or "run.cancelled")
            {
                End = item.EventType;
                return;
            }
        }
    }
}
