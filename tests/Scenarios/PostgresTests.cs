using System.Net;
using Orchestrator.Scenarios.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The service with its journal in a real PostgreSQL server.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const string Provider = "--Journal:Provider=Postgres";
    private PostgresServer? _server;

    private PostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        _server = await PostgresServer.StartAsync();
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Its_first_line_names_the_database_and_nothing_shows_the_password()
    {
        using var directory = new TemporaryDirectory();
        await Server.CreateDatabaseAsync("orders");
        await using var service = await StartAsync(directory, Server.ConnectionString("orders"));
        Assert.Contains($"PostgreSQL at {Server.Directory}:5432/orders", await service.FirstLine, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, await service.FirstLine + service.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Username", await service.FirstLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password=a-wrong-secret", "check user and password")]
    [InlineData("Database=nowhere", "create the database")]
    [InlineData("Host=/nowhere", "check that it runs")]
    [InlineData("Password='a-wrong-secret", "not one that Npgsql reads")]
    [InlineData("Passwort=a-wrong-secret", "not one that Npgsql reads")]
    [InlineData("Port=a-wrong-secret", "not one that Npgsql reads")]
    [InlineData("Database=", "lacks Host or Database")]
    public async Task A_connection_that_can_not_be_made_is_explained_without_the_password(string change, string explained)
    {
        using var directory = new TemporaryDirectory();
        await using var service = Launch(directory, $"{Server.ConnectionString()};{change}");
        Assert.Equal(2, await service.ExitCodeAsync());
        Assert.Contains(explained, service.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", service.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Journal:ConnectionString is missing", Provider)]
    [InlineData("give Sqlite, Postgres or AzureBlobs", "--Journal:Provider=Oracle")]
    [InlineData("set Journal:Provider to Postgres", "--Journal:ConnectionString=Host=h;Password=secret")]
    [InlineData("is no plain name", Provider, "--Journal:ConnectionString=Host=h;Database=d;Password=secret", "--Journal:Schema=a;b")]
    public async Task A_setting_that_is_missing_or_misplaced_is_named(string named, params string[] settings)
    {
        using var directory = new TemporaryDirectory();
        await using var service = ServiceProcess.LaunchService(directory.FullPath, null, ServiceProcess.AnyPort, settings);
        Assert.Equal(2, await service.ExitCodeAsync());
        Assert.Contains(named, service.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", service.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_go_on_after_the_server_was_killed_and_started_again()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await StartAsync(directory, Server.ConnectionString());
        using var http = ServiceClient.Create(service.Address);
        var ids = new List<string>();
        var readers = new List<CursorReader>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await ServiceClient.SubmitAsync(
                http, """{"model":"openai/gpt-5-mini~events=240~rate=30","input":{"messages":[{"role":"user","content":"hello"}]}}""", $"k{i}", default));
            readers.Add(new CursorReader(http, ids[i], new Random(i)));
        }

        using var limit = new CancellationTokenSource(Patience.OfATest);
        var reading = Task.WhenAll(readers.Select(reader => reader.ReadToEndAsync(limit.Token)));
        await UntilAsync(async () => (await ServiceClient.GetJsonAsync(http, $"v1/runs/{ids[0]}")).GetProperty("eventOffset").GetInt32() > 20);
        await Server.KillAsync();
        await UntilAsync(async () =>
        {
            using var ready = await http.GetAsync(new Uri("readyz", UriKind.Relative));
            return ready.StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        await Server.LaunchAsync();
        await service.UntilAnswersAsync("readyz");
        await reading;
        foreach (var (id, reader) in ids.Zip(readers))
        {
            var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
            Assert.Equal("completed", run.GetProperty("status").GetString());
            Assert.Single(run.GetProperty("attempts").EnumerateArray());
            Assert.Equal(run.GetProperty("seq").GetInt64(), reader.Events.Count);
            Assert.Equal(Enumerable.Range(1, reader.Events.Count).Select(n => (long)n), reader.Events.Select(one => one.Seq));
        }

        Assert.DoesNotContain(PostgresServer.Password, service.Errors, StringComparison.Ordinal);
    }

    private static Task<ServiceProcess> StartAsync(TemporaryDirectory directory, string connection) =>
        ServiceProcess.StartServiceAsync(directory.FullPath, null, null, Provider, "--Journal:ConnectionString", connection);

    private static ServiceProcess Launch(TemporaryDirectory directory, string connection) =>
        ServiceProcess.LaunchService(directory.FullPath, null, ServiceProcess.AnyPort, Provider, "--Journal:ConnectionString", connection);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience.OfAStep);
        while (!await condition())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
