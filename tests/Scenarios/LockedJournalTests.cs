using System.Net;
using Microsoft.Data.Sqlite;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

public sealed class LockedJournalTests
{
    [Fact]
    public async Task A_locked_database_is_a_clear_error_and_loses_nothing()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(service.Address);
        const string Body = """{"model":"openai/gpt-5-mini~events=100~rate=50","input":{"messages":[{"role":"user","content":"locked"}]}}""";
        var id = await ServiceClient.SubmitAsync(http, Body, "locked-1", limit.Token);
        var reader = new CursorReader(http, id, new Random(1));
        var reading = reader.ReadToEndAsync(limit.Token);

        SQLitePCL.Batteries_V2.Init();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(directory.FullPath, "journal.db")};Pooling=False"))
        {
            await other.OpenAsync(limit.Token);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(limit.Token);

            using var refused = await http.PostAsync(new Uri("v1/runs", UriKind.Relative), ServiceClient.Json(Body), limit.Token);
            var problem = await refused.Content.ReadAsStringAsync(limit.Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Contains("journal-unavailable", problem, StringComparison.Ordinal);
            using var ready = await http.GetAsync(new Uri("readyz", UriKind.Relative), limit.Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("locked", await ready.Content.ReadAsStringAsync(limit.Token), StringComparison.OrdinalIgnoreCase);
        }

        await reading;
        await service.UntilAnswersAsync("readyz");
        Assert.Equal("run.completed", reader.Events[^1].Type);
        Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(n => (long)n), reader.Events.Select(one => one.Seq));
        var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
        var attempt = Assert.Single(run.GetProperty("attempts").EnumerateArray());
        using var gateway = ServiceClient.Create(emulator.Address);
        Assert.Equal(
            await ServiceClient.GetBytesAsync(gateway, $"emulator/runs/{attempt.GetProperty("gatewayRunId").GetString()}/bytes"),
            await ServiceClient.GetBytesAsync(http, $"v1/runs/{id}/stream"));
    }
}
