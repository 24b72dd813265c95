using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orchestrator.Journals.Postgres;
using Orchestrator.Journals.Storage;
using Orchestrator.TestKit.Postgres;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>A schema of its own in a server that the tests share.</summary>
/// <param name="server">The server.</param>
internal sealed class PostgresSite(PostgresServer server) : JournalSite
{
    private string? _host;

    /// <summary>Added to the connection string.</summary>
    public string Settings { get; init; } = "";

    public string Schema { get; init; } = "journal_" + Guid.NewGuid().ToString("N")[..16];

    public PostgresJournalOptions Options =>
        new() { ConnectionString = $"{server.ConnectionString(host: _host)};Maximum Pool Size=10;{Settings}", Schema = Schema };

    /// <summary>Starts a process that reaches the server through something else than its socket.</summary>
    public async Task<JournalProcess> StartAsync(string host)
    {
        _host = host;
        try
        {
            return await StartAsync();
        }
        finally
        {
            _host = null;
        }
    }

    /// <summary>A storage that belongs to nobody.</summary>
    public Task<PostgresStorage> OpenAsync() => PostgresStorage.OpenAsync(Options, NullLogger.Instance);

    /// <summary>A connection of somebody else.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    public async Task<object?> ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }

    public override async Task DamageBlockAsync(SegmentId segment, int number, Func<byte[], byte[]> damage)
    {
        var id = await ExecuteAsync($"SELECT id FROM {Schema}.segments WHERE writer = $1 AND sequence = $2", segment.Writer.Value, segment.Sequence);
        var position = await ExecuteAsync(
            $"SELECT position FROM {Schema}.blocks WHERE segment = $1 ORDER BY position OFFSET $2 LIMIT 1", id!, number);
        var data = await ExecuteAsync($"SELECT data FROM {Schema}.blocks WHERE segment = $1 AND position = $2", id!, position!);
        await ExecuteAsync($"UPDATE {Schema}.blocks SET data = $3 WHERE segment = $1 AND position = $2", id!, position!, damage((byte[])data!));
    }

    public override async Task<bool> HoldsAsync(byte[] bytes) => (bool)(await ExecuteAsync(
        $"SELECT EXISTS (SELECT FROM {Schema}.blocks WHERE position($1 IN data) > 0) OR EXISTS (SELECT FROM {Schema}.chunks WHERE position($1 IN data) > 0)",
        bytes))!;

    protected override async Task<IJournalStorage> OpenStorageAsync() => await OpenAsync();

    protected override async Task DeleteAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand($"SET client_min_messages = error; DROP SCHEMA IF EXISTS {Schema} CASCADE", connection);
        await command.ExecuteNonQueryAsync();
    }
}
