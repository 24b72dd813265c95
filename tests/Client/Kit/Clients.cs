namespace Orchestrator.Client.Tests.Kit;

/// <summary>Clients for tests.</summary>
internal static class Clients
{
    public static readonly BackoffPolicy AtOnce = new() { FirstDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero };

    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(45);

    /// <summary>A client that does not wait between tries.</summary>
    public static OrchestratorClient Eager(HttpClient http) => new(http, new OrchestratorClientOptions { Calls = AtOnce, Reconnect = AtOnce });

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await using var each = source.GetAsyncEnumerator();
        while (await each.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2)))
        {
            list.Add(each.Current);
        }

        return list;
    }
}
