namespace Orchestrator.Bench.Load;

/// <summary>
/// What so many open dashboards ask of the service: the feed of all runs' changes, read as it comes, and the overview's figures every few
/// seconds. No browser: what that draws is its own machine's affair.
/// </summary>
internal sealed class Dashboards : IAsyncDisposable
{
    /// <summary>As the overview page does it.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private readonly HttpClient _http;
    private readonly Task _all;
    private long _feedBytes;

    private Dashboards(int port, int count)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };
        _all = Task.WhenAll(Enumerable.Range(0, count).SelectMany(_ => new[] { FollowAsync(), PollAsync() }));
    }

    /// <summary>What the feeds have brought so far.</summary>
    public long FeedBytes => Interlocked.Read(ref _feedBytes);

    public static Dashboards Open(int port, int count) => new(port, count);

    /// <exception cref="HttpRequestException">One of them was refused something.</exception>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        try
        {
            await _all;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // They are closed by breaking off what they read.
        }

        _http.Dispose();
        _closed.Dispose();
    }

    private async Task FollowAsync()
    {
        await using var feed = await _http.GetStreamAsync(new Uri("/v1/runs/feed", UriKind.Relative), _closed.Token);
        var buffer = new byte[64 * 1024];
        while (await feed.ReadAsync(buffer, _closed.Token) is > 0 and var read)
        {
            Interlocked.Add(ref _feedBytes, read);
        }
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            foreach (var path in Overview())
            {
                using var answer = await _http.GetAsync(path, _closed.Token);
                answer.EnsureSuccessStatusCode();
            }
        }
        while (await timer.WaitForNextTickAsync(_closed.Token));
    }

    /// <summary>The calls behind the overview page: the last hour by the minute, in all and by model, and the state of the host.</summary>
    public static IReadOnlyList<Uri> Overview()
    {
        var to = TimeProvider.System.GetUtcNow();
        var range = $"from={Time(to - TimeSpan.FromHours(1))}&to={Time(to)}&step=60";
        return [new($"/v1/stats?{range}", UriKind.Relative), new($"/v1/stats?{range}&by=model", UriKind.Relative), new("/v1/system", UriKind.Relative)];
    }

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("yyyy-MM-ddTHH:mm:ssZ", null));
}
