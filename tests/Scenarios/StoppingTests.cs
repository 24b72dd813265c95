using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

[Collection(nameof(Alone))]
public sealed class StoppingTests
{
    [Fact]
    public async Task SIGTERM_stops_in_time_and_the_next_start_goes_on()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var first = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(first.Address);
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            // The first connection stands still at the 180th event, so that the stop is sure to come before the end.
            var body = $$"""
                {"model":"openai/gpt-5-mini~events=200~rate=50~stall=180","input":{"messages":[{"role":"user","content":"stop {{i}}"}]},"timeouts":{"idleMs":300000} }
                """;
            ids.Add(await ServiceClient.SubmitAsync(http, body, $"stop-{i}", limit.Token));
        }

        var readers = ids.Select(id => new CursorReader(http, id, new Random(5))).ToList();
        var reading = readers.Select(reader => reader.ReadToEndAsync(limit.Token)).ToList();
        while (readers.Exists(static reader => reader.Events.Count < 20))
        {
            await Task.Delay(20, limit.Token);
        }

        var (took, exitCode) = await first.TerminateAsync(Patience.OfAStep);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(0, exitCode);

        await using var second = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, first.Address);
        await Task.WhenAll(reading);
        foreach (var (id, reader) in ids.Zip(readers))
        {
            var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
            Assert.Equal("completed", run.GetProperty("status").GetString());
            Assert.Single(run.GetProperty("attempts").EnumerateArray());
            Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(n => (long)n), reader.Events.Select(one => one.Seq));
            Assert.Contains(reader.Events, one => one.Type == "attempt.detached" && one.Data.Contains("host-stopped", StringComparison.Ordinal));
        }
    }
}
