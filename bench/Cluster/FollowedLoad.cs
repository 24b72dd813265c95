using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orchestrator.Bench.Processes;

namespace Orchestrator.Bench.Cluster;

/// <summary>Runs that are spread over the silos, each read through another silo than the one that works on it.</summary>
internal sealed class FollowedLoad : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly IReadOnlyList<(int Silo, Uri Address)> _silos;
    private readonly List<FollowedRun> _runs = [];
    private readonly List<Task> _readers = [];

    private FollowedLoad(IReadOnlyList<(int Silo, Uri Address)> silos) => _silos = silos;

    public IReadOnlyList<FollowedRun> Runs => _runs;

    /// <param name="cluster">Where.</param>
    /// <param name="silos">To be submitted to and read through, in turns.</param>
    /// <param name="runs">How many.</param>
    /// <param name="model">Of the emulator.</param>
    public static async Task<FollowedLoad> StartAsync(SiloCluster cluster, IEnumerable<int> silos, int runs, string model)
    {
        FollowedLoad load = new([.. silos.Select(silo => (silo, cluster.Address(silo)))]);
        load._runs.AddRange(await Task.WhenAll(Enumerable.Range(0, runs).Select(number => load.SubmitAsync(number, model))));
        load._readers.AddRange(load._runs.Select(run => run.ReadAsync(load._http, load._limit.Token)));
        return load;
    }

    /// <summary>Waits until every reader has seen a few events.</summary>
    public async Task AllStreamAsync(int events)
    {
        while (_runs.Exists(run => run.Count < events))
        {
            await Task.Delay(50, _limit.Token);
        }
    }

    public Task EndAsync() => Task.WhenAll(_readers);

    public void Dispose()
    {
        _limit.Cancel();
        _http.Dispose();
        _limit.Dispose();
    }

    private async Task<FollowedRun> SubmitAsync(int number, string model)
    {
        var (silo, address) = _silos[number % _silos.Count];
        using StringContent body = new(
            $$$"""{"model":"{{{model}}}","input":{"messages":[{"role":"user","content":"{{{number}}}"}]}}""",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(new Uri(address, "v1/runs"), body, _limit.Token);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(_limit.Token));
        return new FollowedRun(
            json.RootElement.GetProperty("id").GetString()!,
            silo,
            [.. Enumerable.Range(1, _silos.Count).Select(step => _silos[(number + step) % _silos.Count])]);
    }
}
