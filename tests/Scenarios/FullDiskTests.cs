using System.Net;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>No room for the journal while runs are under way: everybody is told, nobody loses anything, and it goes on with the space.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Runs = 6;

    private readonly List<string> _ids = [];
    private readonly List<CursorReader> _readers = [];
    private readonly List<Task> _reading = [];

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_full_disk_is_a_clear_error_and_loses_nothing(bool mount, bool killed)
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var disk = new ScarceDisk(mount);
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(disk.Data, emulator.Address, survivesFileLimits: true);
        using var http = ServiceClient.Create(service.Address);
        for (var i = 0; i < Runs; i++)
        {
            await SubmitAsync(http, i, limit.Token);
        }

        await UntilAsync(() => Task.FromResult(_readers.TrueForAll(static reader => reader.Events.Count > 20)), "every reader has events", limit.Token);
        disk.Fill(service);
        await UntilAsync(() => IsRefusedAsync(http, limit.Token), "a submission is refused", limit.Token);
        await UnreadyAsync(http, disk.Reason, limit.Token);
        await KeptAsync(http, limit.Token);
        var seen = _readers.Select(static reader => reader.Events.Count).ToArray();
        if (killed)
        {
            await service.KillAsync();
            disk.Forget();
        }

        disk.Free();
        await using var next = killed ? await ServiceProcess.StartServiceAsync(disk.Data, emulator.Address, service.Address) : null;
        await (next ?? service).UntilAnswersAsync("readyz");
        await Task.WhenAll(_reading).WaitAsync(limit.Token);

        Assert.All(_readers.Zip(seen), static one => Assert.True(one.First.Events.Count > one.Second));
        using var gateway = ServiceClient.Create(emulator.Address);
        var dispatches = 0;
        for (var i = 0; i < _ids.Count; i++)
        {
            var attempts = await WholeAsync(http, gateway, _ids[i], _readers[i]);
            dispatches += attempts;

            // Only a run that was taken at the last moment and killed before its answer could be kept is dispatched again, and says so.
            Assert.True(attempts == 1 || (killed && i >= Runs), $"{_ids[i]} has {attempts} attempts.");
        }

        var listed = await ServiceClient.GetJsonAsync(http, "v1/runs?limit=100");
        Assert.Equal(_ids.Order(StringComparer.Ordinal), listed.GetProperty("runs").EnumerateArray().Select(static run => run.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        var counters = await ServiceClient.GetJsonAsync(gateway, "emulator/counters");
        output.WriteLine($"{_ids.Count} runs, {dispatches} dispatches");

        // An attempt is kept before it is sent: one that was killed in between has cost nothing.
        Assert.InRange(counters.GetProperty("dispatches").GetInt32(), _ids.Count, dispatches);
    }

    /// <summary>One run a reader; those that were accepted while space ran out count like the others.</summary>
    private async Task SubmitAsync(HttpClient http, int index, CancellationToken cancellationToken)
    {
        Follow(await ServiceClient.SubmitAsync(http, Body(index), $"full-{index}", cancellationToken), http, cancellationToken);
    }

    private void Follow(string id, HttpClient http, CancellationToken cancellationToken)
    {
        var reader = new CursorReader(http, id, new Random(_ids.Count));
        _ids.Add(id);
        _readers.Add(reader);
        _reading.Add(reader.ReadToEndAsync(cancellationToken));
    }

    private async Task<bool> IsRefusedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync(new Uri("v1/runs", UriKind.Relative), ServiceClient.Json(Body(_ids.Count)), cancellationToken);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).RootElement;
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            Follow(answer.GetProperty("id").GetString()!, http, cancellationToken);
            return false;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("journal-unavailable", answer.GetProperty("code").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
        return true;
    }

    /// <summary>Where there was room for a little after the first refusal, it says so when that is used up.</summary>
    private static async Task UnreadyAsync(HttpClient http, string reason, CancellationToken cancellationToken)
    {
        await UntilAsync(
            async () =>
            {
                using var ready = await http.GetAsync(new Uri("readyz", UriKind.Relative), cancellationToken);
                return ready.StatusCode == HttpStatusCode.ServiceUnavailable
                    && (await ready.Content.ReadAsStringAsync(cancellationToken)).Contains(reason, StringComparison.OrdinalIgnoreCase);
            },
            $"it is not ready: {reason}", cancellationToken);
        using var alive = await http.GetAsync(new Uri("healthz", UriKind.Relative), cancellationToken);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    /// <summary>A reader that comes now gets all that the first one has, the same.</summary>
    private async Task KeptAsync(HttpClient http, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Runs; i++)
        {
            var (id, first, count) = (_ids[i], _readers[i], _readers[i].Events.Count);
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var second = new CursorReader(http, id, new Random(i));
            var reading = second.ReadToEndAsync(late.Token);
            await UntilAsync(() => Task.FromResult(second.Events.Count >= count), "a late reader has what the first one has", cancellationToken);
            await late.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            Assert.All(Enumerable.Range(0, count), n => Assert.Equal(first.Events[n], second.Events[n]));
            var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
            Assert.True(run.GetProperty("seq").GetInt64() >= count);
        }
    }

    /// <returns>Attempts.</returns>
    private static async Task<int> WholeAsync(HttpClient http, HttpClient gateway, string id, CursorReader reader)
    {
        var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
        Assert.True(run.GetProperty("status").GetString() == "completed" && !run.GetProperty("incomplete").GetBoolean(), run.GetRawText());
        var attempts = run.GetProperty("attempts").EnumerateArray().ToList();
        Assert.All(attempts.SkipLast(1), static one => Assert.Equal("interrupted", one.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(
            await ServiceClient.GetBytesAsync(gateway, $"emulator/runs/{attempts[^1].GetProperty("gatewayRunId").GetString()}/bytes"),
            await ServiceClient.GetBytesAsync(http, $"v1/runs/{id}/stream"));
        Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(static n => (long)n), reader.Events.Select(static one => one.Seq));
        Assert.Equal(run.GetProperty("seq").GetInt64(), reader.Events[^1].Seq);
        return attempts.Count;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience.OfAStep);
        while (!await holds())
        {
            Assert.False(late.IsCancellationRequested, $"Not within {Patience.OfAStep}: {what}.");
            await Task.Delay(20, cancellationToken);
        }
    }

    private static string Body(int index) =>
        $$"""{"model":"openai/gpt-5-mini~events=700~rate=60","input":{"messages":[{"role":"user","content":"full {{index}}"}]} }""";
}
