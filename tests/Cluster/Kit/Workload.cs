using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Cluster.Tests.Kit;

/// <summary>Runs that are spread over the silos, each read through another silo than the one that works on it.</summary>
internal sealed class Workload : IDisposable
{
    private readonly SiloScript _cluster;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMinutes(1) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));
    private readonly List<FollowedRun> _runs = [];
    private readonly List<Task> _readers = [];

    private Workload(SiloScript cluster)
    {
        _cluster = cluster;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloNetwork.Key);
    }

    public IReadOnlyList<FollowedRun> Runs => _runs;

    /// <param name="cluster">Where.</param>
    /// <param name="silos">To be submitted to, and read through, in turns.</param>
    /// <param name="runs">How many.</param>
    /// <param name="events">Pieces of text of each.</param>
    /// <param name="rate">Of them a second.</param>
    public static async Task<Workload> StartAsync(SiloScript cluster, IReadOnlyList<int> silos, int runs, int events, int rate)
    {
        var load = new Workload(cluster);
        var model = string.Create(CultureInfo.InvariantCulture, $"openai/gpt-5-mini~rate={rate}~events={events}");
        var submitted = await Task.WhenAll(Enumerable.Range(0, runs).Select(number => load.SubmitAsync(silos, number, model)));
        load._runs.AddRange(submitted);
        load._readers.AddRange(submitted.Select(run => run.ReadAsync(load._http, load._limit.Token)));
        return load;
    }

    /// <summary>Waits until each run has shown text to its reader.</summary>
    public async Task AllStreamAsync()
    {
        while (_runs.Exists(static run => run.Numbers.Count < 5))
        {
            await Task.Delay(50, _limit.Token);
        }
    }

    public Task EndAsync() => Task.WhenAll(_readers);

    /// <summary>Every event once and in order, to a complete answer, for one dispatch; but for a run that was caught between its dispatch and the answer.</summary>
    /// <param name="pieces">Of text, in every answer.</param>
    /// <param name="through">A silo that is there.</param>
    public async Task CheckAsync(int pieces, int through)
    {
        var counters = await GetAsync(new Uri(_cluster.Emulator, "emulator/counters"));
        var dispatches = counters.GetProperty("runs").EnumerateArray()
            .GroupBy(static run => run.GetProperty("runId").GetString()!, StringComparer.Ordinal)
            .ToDictionary(static run => run.Key, static run => run.Sum(static one => one.GetProperty("dispatches").GetInt32()), StringComparer.Ordinal);
        var caught = 0;
        foreach (var run in _runs)
        {
            Assert.Equal("run.completed", run.End);
            Assert.Equal(Enumerable.Range(1, run.Numbers.Count).Select(static number => (long)number), run.Numbers);
            var resource = await GetAsync(new Uri(_cluster.Address(through), $"v1/runs/{run.Id}"));
            Assert.Equal("completed", resource.GetProperty("status").GetString());
            Assert.Equal(pieces, resource.GetProperty("output").GetProperty("text").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
            var attempts = resource.GetProperty("attempts").EnumerateArray().ToList();
            caught += attempts.Count - 1;
            run.Reattaches = attempts.Sum(static attempt => attempt.GetProperty("reattaches").GetInt32());
            Assert.All(attempts[..^1], static attempt => Assert.Equal("interrupted", attempt.GetProperty("error").GetProperty("code").GetString()));
            Assert.Equal(1, dispatches[attempts[^1].GetProperty("gatewayRunId").GetString()!]);
        }

        // An attempt is kept before it is sent: one whose silo was lost in between has cost nothing.
        Assert.InRange(counters.GetProperty("dispatches").GetInt32(), _runs.Count, _runs.Count + caught);
    }

    public void Dispose()
    {
        _limit.Cancel();
        _http.Dispose();
        _limit.Dispose();
    }

    private async Task<FollowedRun> SubmitAsync(IReadOnlyList<int> silos, int number, string model)
    {
        var silo = silos[number % silos.Count];
        using var body = new StringContent(
            $$$"""{"model":"{{{model}}}","input":{"messages":[{"role":"user","content":"{{{number}}}"}]}}""",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(new Uri(_cluster.Address(silo), "v1/runs"), body, _limit.Token);
        var text = await response.Content.ReadAsStringAsync(_limit.Token);
        Assert.True(response.IsSuccessStatusCode, text);
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;

        // Half of them at the silo that works on the run would be the easy half: the next one in turn reads it.
        var order = Enumerable.Range(1, silos.Count).Select(step => silos[(number + step) % silos.Count]).ToList();
        return new FollowedRun(id, silo, order, _cluster.Address);
    }

    private async Task<JsonElement> GetAsync(Uri address)
    {
        using var response = await _http.GetAsync(address, _limit.Token);
        var text = await response.Content.ReadAsStringAsync(_limit.Token);
        Assert.True(response.IsSuccessStatusCode, $"GET {address}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
