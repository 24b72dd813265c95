using System.Text;
using System.Text.Json;
using Orchestrator.Cluster.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Cluster.Tests;

/// <summary>Whoever looks at one of two real silos sees what the other one does, and what it costs.</summary>
[Collection(nameof(Silos))]
public sealed class OperatorTests
{
    private const string Model = "openai/gpt-5-mini";

    [Fact]
    public async Task A_run_of_one_silo_is_told_counted_and_priced_at_another()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await using var cluster = await SiloScript.UpAsync(
            2, $"--Prices:{Model}:Input=1 --Prices:{Model}:Output=100 --Prices:{Model}:AsOf=2026-11-25");
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await SendAsync(http, HttpMethod.Put, new Uri(cluster.Emulator, $"emulator/faults/{Model}"), """{"events":20,"rate":0}""", limit.Token);
        using var feed = new StreamReader(await http.GetStreamAsync(new Uri(cluster.Address(2), "v1/runs/feed"), limit.Token));
        await LineAsync(feed, "id: ", limit.Token);

        var submitted = await SendAsync(
            http, HttpMethod.Post, new Uri(cluster.Address(1), "v1/runs"),
            $$$"""{"model":"{{{Model}}}","input":{"messages":[{"role":"user","content":"hello"}]}}""", limit.Token);
        var id = submitted.GetProperty("id").GetString()!;
        var told = await CompletedAsync(feed, id, limit.Token);

        var run = await GetAsync(http, new Uri(cluster.Address(2), $"v1/runs/{id}"), limit.Token);
        var cost = Cost(run);
        Assert.True(cost > 0, run.GetRawText());
        Assert.Equal(cost, Cost(told));
        JsonElement totals;
        do
        {
            totals = (await GetAsync(http, new Uri(cluster.Address(2), "v1/stats"), limit.Token)).GetProperty("totals");
        }
        while (totals.GetProperty("completed").GetInt32() == 0);

        Assert.Equal(
            (1, 1, 0, cost),
            (totals.GetProperty("submitted").GetInt32(), totals.GetProperty("completed").GetInt32(), totals.GetProperty("active").GetInt32(), Cost(totals)));
        Assert.Equal(2, (await GetAsync(http, new Uri(cluster.Address(2), "v1/system"), limit.Token)).GetProperty("hosts").GetArrayLength());
    }

    /// <summary>What the feed tells of the run when it is complete.</summary>
    private static async Task<JsonElement> CompletedAsync(StreamReader feed, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = JsonElement.Parse(await LineAsync(feed, "data: ", cancellationToken));
            if (run.GetProperty("id").GetString() == id && run.GetProperty("status").GetString() == "completed")
            {
                return run;
            }
        }
    }

    /// <summary>The next line that begins so, without that. The place that a feed starts from is its first <c>id</c>.</summary>
    private static async Task<string> LineAsync(StreamReader feed, string beginning, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await feed.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The feed ended.");
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line[beginning.Length..];
            }
        }
    }

    private static decimal Cost(JsonElement of) => of.GetProperty("cost").GetProperty("amount").GetDecimal();

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, Uri address, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {address}: {text}");
        return text.Length > 0 ? JsonElement.Parse(text) : default;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, Uri address, CancellationToken cancellationToken) =>
        JsonElement.Parse(await http.GetStringAsync(address, cancellationToken));
}
