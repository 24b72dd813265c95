using System.Globalization;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;
using Orchestrator.TestKit.Postgres;
using Orchestrator.TestKit.Workers;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The main job with the real process: runs under cut connections while the service is killed again and again.</summary>
public sealed class SurvivalTests(ITestOutputHelper output)
{
    private const int Runs = 40;
    private const int Kills = 8;

    [Fact]
    public async Task Forty_runs_survive_cut_connections_and_eight_kills()
    {
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await SurviveAsync(emulator, emulator.Address, "dropevery");
    }

    [Fact]
    public async Task Forty_runs_survive_the_same_through_the_bridge()
    {
        Assert.SkipWhen(BridgeWorker.Missing is not null, BridgeWorker.Missing ?? "");
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var bridge = await BridgeWorker.StartAsync(emulator.Address, "the-secret-of-the-bridge");

        // A reset takes with it what the bridge has not read yet: with one on every connection, all of them may bring nothing new.
        await SurviveAsync(emulator, bridge.Address, "drop", "--Gateway:BridgeSecret", "the-secret-of-the-bridge");
    }

    [Fact]
    public async Task Forty_runs_survive_the_same_on_PostgreSQL()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var postgres = await PostgresServer.StartAsync();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await SurviveAsync(
            emulator, emulator.Address, "dropevery", "--Journal:Provider", "Postgres", "--Journal:ConnectionString", postgres.ConnectionString());
    }

    private async Task SurviveAsync(ServiceProcess emulator, Uri bridge, string cut, params string[] settings)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SCENARIO_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount & 0xFFFF;
        output.WriteLine($"SCENARIO_SEED={seed}");
        var random = new Random(seed);
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        var service = await ServiceProcess.StartServiceAsync(directory.FullPath, bridge, settings: settings);
        try
        {
            using var http = ServiceClient.Create(service.Address);
            var started = Enumerable.Range(0, Runs).Select(i => FollowAsync(http, Body(i, random, cut), i, random.Next(), limit.Token)).ToList();
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(random.Next(150, 900), limit.Token);
                if (kill == Kills / 2)
                {
                    await ProgressAsync(http, limit.Token);
                }

                await service.KillAsync();
                await service.DisposeAsync();
                service = await ServiceProcess.StartServiceAsync(directory.FullPath, bridge, service.Address, settings);
            }

            var followed = await Task.WhenAll(started);
            using var gateway = ServiceClient.Create(emulator.Address);
            foreach (var (id, reader) in followed)
            {
                await CheckAsync(http, gateway, id, reader);
            }

            output.WriteLine($"connections per reader: {followed.Average(one => one.Reader.Connections):F1}");
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    /// <summary>Each unfinished run gets an event: one that the service went down over five times in a row without any is given up.</summary>
    private static async Task ProgressAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var before = await UnfinishedAsync(http);
        while ((await UnfinishedAsync(http)).Any(run => before.TryGetValue(run.Key, out var events) && run.Value == events))
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<Dictionary<string, long>> UnfinishedAsync(HttpClient http)
    {
        var unfinished = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var summary in (await ServiceClient.GetJsonAsync(http, "v1/runs?limit=100")).GetProperty("runs").EnumerateArray())
        {
            var id = summary.GetProperty("id").GetString()!;
            var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
            if (run.GetProperty("endedAt").ValueKind == JsonValueKind.Null)
            {
                unfinished.Add(id, run.GetProperty("eventOffset").GetInt64());
            }
        }

        return unfinished;
    }

    private static string Body(int i, Random random, string cut)
    {
        var wire = (i % 3) switch { 0 => "openai/gpt-5-mini", 1 => "anthropic/claude-haiku-4.5", _ => "google/gemini-2.5-flash" };
        var faults = (i % 5) switch
        {
            0 => $"~drop={random.Next(200, 20_000)}",

            // Longer than what a kill leaves to be replayed: a reset takes with it what was written just before and not read yet.
            1 => $"~{cut}={random.Next(20_000, 40_000)}",
            2 => "~crlf",
            3 => $"~resumefail=503x{random.Next(1, 3)}",
            _ => "~comments",
        };
        var model = $"{wire}~events={random.Next(100, 400)}~rate={random.Next(40, 90)}{faults}";

        // A kill between a dispatch and its answer takes one of the attempts: as many as there are kills may be taken from one run.
        return $$"""
            {"model":"{{model}}","input":{"messages":[{"role":"user","content":"run {{i}}"}]},"onResumeExpired":"error","retry":{"maxAttempts":{{Kills + 1}}} }
            """;
    }

    private static async Task<(string Id, CursorReader Reader)> FollowAsync(
        HttpClient http, string body, int index, int seed, CancellationToken cancellationToken)
    {
        var id = await ServiceClient.SubmitAsync(http, body, $"survival-{index}", cancellationToken);
        var reader = new CursorReader(http, id, new Random(seed));
        await reader.ReadToEndAsync(cancellationToken);
        return (id, reader);
    }

    private static async Task CheckAsync(HttpClient http, HttpClient gateway, string id, CursorReader reader)
    {
        var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.False(run.GetProperty("incomplete").GetBoolean());
        var attempts = run.GetProperty("attempts").EnumerateArray().ToList();
        var serving = attempts[^1];

        // One dispatch each, but for one that a kill caught between the request and its answer: the attempt tree says so.
        foreach (var attempt in attempts.SkipLast(1))
        {
            Assert.Equal("interrupted", attempt.GetProperty("error").GetProperty("code").GetString());
        }

        var sent = await ServiceClient.GetBytesAsync(gateway, $"emulator/runs/{serving.GetProperty("gatewayRunId").GetString()}/bytes?comments=false");
        var kept = await ServiceClient.GetBytesAsync(http, $"v1/runs/{id}/stream");
        Assert.Equal(sent, kept);

        Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(n => (long)n), reader.Events.Select(one => one.Seq));
        Assert.Single(reader.Events, one => one.Type.StartsWith("run.", StringComparison.Ordinal) && one.Type != "run.created");
        var again = new CursorReader(http, id, new Random(1));
        await again.ReadToEndAsync(CancellationToken.None);
        Assert.Equal(again.Events, reader.Events);

        var text = string.Concat(reader.Events.Where(one => one.Type == "output.delta").Select(one => JsonDocument.Parse(one.Data).RootElement.GetProperty("text").GetString()));
        Assert.Equal(run.GetProperty("output").GetProperty("text").GetString(), text);
        Assert.Equal(run.GetProperty("seq").GetInt64(), reader.Events[^1].Seq);
    }
}
