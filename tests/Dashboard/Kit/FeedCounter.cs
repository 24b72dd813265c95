namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A reader of the feed beside the browser, which counts what it is told.</summary>
internal sealed class FeedCounter : IAsyncDisposable
{
    private readonly StreamReader _feed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private long _changes;

    private FeedCounter(Stream feed)
    {
        _feed = new StreamReader(feed);
        _reading = ReadAsync();
    }

    public long Changes => Interlocked.Read(ref _changes);

    public static async Task<FeedCounter> OpenAsync(HttpClient http) => new(await http.GetStreamAsync(new Uri("v1/runs/feed", UriKind.Relative)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _feed.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _feed.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line == "event: run")
                {
                    Interlocked.Increment(ref _changes);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Enough is counted.
        }
        catch (Exception closed) when (closed is IOException or HttpRequestException)
        {
            // The service has ended.
        }
    }
}
