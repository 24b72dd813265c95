using Npgsql;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Tests.Kit;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Journals.Tests.Postgres;

/// <summary>A server that does not do what it is asked to, and says so.</summary>
public sealed class PostgresTroubles : IAsyncLifetime
{
    private PostgresServer? _server;
    private PostgresSite? _site;

    private PostgresServer Server => _server!;

    private PostgresSite Site => _site!;

    public async ValueTask InitializeAsync()
    {
        _server = await SharedPostgres.GetAsync();
        _site = new PostgresSite(_server);
    }

    public ValueTask DisposeAsync() => _site?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task A_commit_that_another_transaction_was_in_the_way_of_goes_through_on_a_later_try(string code)
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await RaiseAsync(code, times: 3);
        await writer.AppendAsync(run.Next(writer, 2));
        Assert.Equal(3, await run.ReadAsync(process));
    }

    [Theory]
    [InlineData("40P01", "another transaction was in the way again and again")]
    [InlineData("40001", "another transaction was in the way again and again")]
    [InlineData("53100", "free space on its disk")]
    [InlineData("25006", "connect to the primary")]
    [InlineData("55P03", "holds a lock on these tables")]
    [InlineData("42501", "grant the user")]
    public async Task A_commit_that_is_refused_says_why_and_can_be_made_again(string code, string remedy)
    {
        var process = await Site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await RaiseAsync(code, times: 1_000_000);
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Batch(2, 2)));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.Contains(code, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, error.ToString(), StringComparison.Ordinal);
        Assert.False(process.Journal.Health.Ready);
        Assert.Equal(1, await run.ReadAsync(process));

        await Site.ExecuteAsync($"DROP TRIGGER refuse ON {Site.Schema}.blocks");
        await writer.AppendAsync(run.Batch(2, 2));
        Assert.Equal(3, await run.ReadAsync(process));
        Assert.True(process.Journal.Health.Ready);
    }

    [Fact]
    public async Task A_locked_table_fails_appends_after_lock_timeout_and_lets_reads_through()
    {
        // Its tables are there: who makes some waits for others that do, and not for a lock that is given up so soon.
        await Site.StartAsync();
        await using var site = new PostgresSite(Server) { Schema = Site.Schema, Settings = "Options=-c lock_timeout=100" };
        var process = await site.StartAsync();
        var run = new TestRun();
        var writer = await run.CreateAsync(process);
        await using (var other = await site.ConnectAsync())
        {
            await using var begin = new NpgsqlCommand($"BEGIN; LOCK TABLE {site.Schema}.blocks IN EXCLUSIVE MODE", other);
            await begin.ExecuteNonQueryAsync();
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(async () => await writer.AppendAsync(run.Next(writer)));
            Assert.Contains("end it", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, await run.ReadAsync(process));
            Assert.Single((await process.Journal.ListAsync(new RunQuery { Tenant = "" })).Runs);
        }

        await writer.AppendAsync(run.Next(writer));
        Assert.Equal(2, await run.ReadAsync(process));
    }

    [Fact]
    public async Task Texts_that_the_database_takes_nowhere_else_stop_no_commit()
    {
        var process = await Site.StartAsync();
        var odd = new string('x', 20_000) + "\0\uD800💥";
        var run = new TestRun();
        run.Summary = run.Summary with { Tenant = odd, Model = odd, Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [odd] = odd } };
        var beside = new TestRun();
        var writers = await Task.WhenAll(run.CreateAsync(process, key: odd), beside.CreateAsync(process));
        await writers[0].AppendAsync(run.Next(writers[0]), run.Summary with { Status = RunStatus.Failed, EndedAt = 1, ErrorCode = odd, ErrorMessage = odd });
        var stored = (await process.Journal.FindAsync(run.Id))!;
        foreach (var query in new RunQuery[]
        {
            new() { Tenant = stored.Tenant },
            new() { Tenant = stored.Tenant, Model = stored.Model },
            new() { Tenant = stored.Tenant, Metadata = stored.Metadata },
            new() { Tenant = stored.Tenant, Error = "X\0" },
        })
        {
            Assert.Equal(run.Id, Assert.Single((await process.Journal.ListAsync(query)).Runs).Id);
        }

        Assert.True(await process.Journal.DeleteAsync(run.Id));
        var next = new TestRun();
        next.Summary = next.Summary with { Tenant = odd };
        await next.CreateAsync(process, key: odd);
    }

    [Fact]
    public async Task Many_processes_that_start_at_once_make_the_tables_once()
    {
        var processes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Site.OpenAsync())));
        foreach (var storage in processes)
        {
            Assert.Empty(await storage.ListUnfinishedAsync(wanted: null, CancellationToken.None));
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_left_alone()
    {
        await Site.StartAsync();
        await Site.ExecuteAsync($"UPDATE {Site.Schema}.version SET version = 2");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Site.StartAsync());
        Assert.Contains("has version 2, this program knows versions up to 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_would_lose_commits_is_refused()
    {
        await using var site = new PostgresSite(Server) { Settings = "Options=-c synchronous_commit=off" };
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => site.StartAsync());
        Assert.Contains("synchronous_commit = on", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_without_rights_is_told_which()
    {
        await Site.ExecuteAsync($"CREATE ROLE nobody_{Site.Schema} LOGIN PASSWORD 'none'");
        await using var site = new PostgresSite(Server) { Settings = $"Username=nobody_{Site.Schema};Password=none" };
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => site.StartAsync());
        Assert.Contains("grant the user CREATE", error.Message, StringComparison.Ordinal);
        await Site.ExecuteAsync($"DROP ROLE nobody_{Site.Schema}");
    }

    /// <summary>Makes the next so many blocks fail with a code.</summary>
    private Task RaiseAsync(string code, int times) => Site.ExecuteAsync($"""
        CREATE SEQUENCE {Site.Schema}.refusals;
        CREATE FUNCTION {Site.Schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
          IF nextval('{Site.Schema}.refusals') <= {times} THEN RAISE EXCEPTION 'the test refuses' USING ERRCODE = '{code}'; END IF;
          RETURN NEW;
        END $body$;
        CREATE TRIGGER refuse BEFORE INSERT ON {Site.Schema}.blocks FOR EACH ROW EXECUTE FUNCTION {Site.Schema}.refuse();
        """);
}
