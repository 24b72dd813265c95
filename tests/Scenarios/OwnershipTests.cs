using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>Two processes on one journal: the second takes the runs, the first loses them and changes nothing.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public async Task A_second_process_on_the_same_data_takes_the_runs_over_and_nothing_is_doubled()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var first = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var old = ServiceClient.Create(first.Address);
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            // The first connection stands still at the 230th event, so that the second process is sure to come before the end.
            var body = $$"""
                {"model":"openai/gpt-5-mini~events=250~rate=50~stall=230","input":{"messages":[{"role":"user","content":"own {{i}}"}]},"timeouts":{"idleMs":300000} }
                """;
            ids.Add(await ServiceClient.SubmitAsync(old, body, $"own-{i}", limit.Token));
        }

        while ((await ServiceClient.GetJsonAsync(old, $"v1/runs/{ids[^1]}")).GetProperty("eventOffset").GetInt32() < 20)
        {
            await Task.Delay(20, limit.Token);
        }

        await using var second = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(second.Address);
        using var gateway = ServiceClient.Create(emulator.Address);
        foreach (var id in ids)
        {
            var reader = new CursorReader(http, id, new Random(2));
            await reader.ReadToEndAsync(limit.Token);
            Assert.Equal("run.completed", reader.Events[^1].Type);
            var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
            var attempt = Assert.Single(run.GetProperty("attempts").EnumerateArray());
            Assert.Equal(1, attempt.GetProperty("reattaches").GetInt32());
            Assert.Equal(
                await ServiceClient.GetBytesAsync(gateway, $"emulator/runs/{attempt.GetProperty("gatewayRunId").GetString()}/bytes"),
                await ServiceClient.GetBytesAsync(http, $"v1/runs/{id}/stream"));
        }

        // The loser is alive and still serves what is new to it.
        var mine = await ServiceClient.SubmitAsync(
            old, """{"model":"openai/gpt-5-mini~events=3~rate=0","input":{"messages":[{"role":"user","content":"still here"}]}}""", "own-new", limit.Token);
        var last = new CursorReader(old, mine, new Random(3));
        await last.ReadToEndAsync(limit.Token);
        Assert.Equal("run.completed", last.Events[^1].Type);
    }
}
