using System.Globalization;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>
/// The account's limits, from the real process to an emulator that has the same ones and refuses what is too much. How long a request is on its way
/// counts: nothing runs beside it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LimitsTests
{
    private const string Limited = "openai/gpt-5-mini~events=5~rate=0~limit=10~window=1000";

    /// <summary>A window in which 26 submissions come on any machine.</summary>
    private const string LimitedUnknown = "openai/gpt-5-mini~events=5~rate=0~limit=25~window=6000";

    private const string Free = "mistral/large~events=5~rate=0";
    private const string Single = "anthropic/claude-haiku-4.5~events=5~rate=0";
    private const string Input = """{"messages":[{"role":"user","content":"hello"}]}""";

    [Fact]
    public async Task Fifty_runs_within_ten_a_second_burn_no_attempt()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath,
            emulator.Address,
            address: null,
            "--Limits:Models:0:Model=openai/*",
            "--Limits:Models:0:Requests=10",
            "--Limits:Models:0:WindowSeconds=1",
            "--Limits:Models:1:Model=anthropic/*",
            "--Limits:Models:1:Requests=1",
            "--Limits:Models:1:WindowSeconds=3600");
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);

        // What a process does for the first time takes long, and no answer is waited for longer than two seconds: as many as these have been answered.
        await EndAsync(http, await SubmitAsync(http, Free, 50, limit.Token), limit.Token);
        var waiting = await FirstQueuedAsync(http, await SubmitAsync(http, Single, 2, limit.Token), limit.Token);
        var ids = await SubmitAsync(http, Limited, 50, limit.Token);
        Assert.Equal("queued", waiting.GetProperty("status").GetString());
        Assert.Equal("requests", waiting.GetProperty("queue").GetProperty("limit").GetString());
        Assert.Equal(JsonValueKind.String, waiting.GetProperty("queue").GetProperty("expectedAt").ValueKind);
        Assert.Equal(0, waiting.GetProperty("attempts").GetArrayLength());

        var runs = await EndAsync(http, ids, limit.Token);
        Assert.All(runs, static run => Assert.True(
            run.GetProperty("status").GetString() == "completed" && run.GetProperty("attempts").GetArrayLength() == 1, run.GetRawText()));
        var counters = await ServiceClient.GetJsonAsync(gateway, "emulator/counters");
        Assert.Equal(50, counters.GetProperty("perModel").GetProperty(Limited).GetProperty("dispatches").GetInt32());
        Assert.Equal(1, counters.GetProperty("perModel").GetProperty(Single).GetProperty("dispatches").GetInt32());
    }

    /// <summary>Nothing is set: the refusals themselves tell. Without the others waiting, each of fifty runs would be refused again and again.</summary>
    [Fact]
    public async Task A_limit_that_is_not_known_here_costs_few_attempts()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, address: null);
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);

        await EndAsync(http, await SubmitAsync(http, Free, 50, limit.Token), limit.Token);
        var first = await SubmitAsync(http, LimitedUnknown, 26, limit.Token);
        await WhenRefusedAsync(http, first, limit.Token);
        var runs = await EndAsync(http, [.. first, .. await SubmitAsync(http, LimitedUnknown, 24, limit.Token)], limit.Token);

        Assert.All(runs, static run => Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText()));
        var counters = await ServiceClient.GetJsonAsync(gateway, "emulator/counters");
        var burned = counters.GetProperty("perModel").GetProperty(LimitedUnknown).GetProperty("dispatches").GetInt32() - 50;
        Assert.True(burned is > 0 and < 15, $"{burned} attempts were refused");
    }

    /// <summary>The upstream has said once that it is too much.</summary>
    private static async Task WhenRefusedAsync(HttpClient http, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var id in ids)
            {
                var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
                if (run.GetProperty("attempts").EnumerateArray().Any(static attempt => attempt.GetProperty("error").ValueKind == JsonValueKind.Object))
                {
                    return;
                }
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private static async Task<JsonElement> FirstQueuedAsync(HttpClient http, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var id in ids)
            {
                var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
                if (run.TryGetProperty("queue", out var queue) && queue.ValueKind == JsonValueKind.Object)
                {
                    return run;
                }
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    private static async Task<string[]> SubmitAsync(HttpClient http, string model, int count, CancellationToken cancellationToken) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(index => ServiceClient.SubmitAsync(
            http,
            $$$"""{"model":"{{{model}}}","input":{{{Input}}},"retry":{"maxAttempts":10}}""",
            string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}-{index}"),
            cancellationToken)));

    private static async Task<List<JsonElement>> EndAsync(HttpClient http, string[] ids, CancellationToken cancellationToken)
    {
        var runs = new List<JsonElement>();
        foreach (var id in ids)
        {
            runs.Add(await ServiceClient.EndedAsync(http, id, cancellationToken));
        }

        return runs;
    }
}
