using Npgsql;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Postgres.Sessions;

/// <summary>
/// The connections to one schema of one database. Every call is one message to the server and one transaction there, so that a process that
/// is suspended or cut off in the middle of sending holds no locks.
/// </summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    /// <summary>Collisions are rare, and the second try mostly goes through.</summary>
    private const int MaxTries = 5;

    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(PostgresJournalOptions options)
    {
        var settings = PostgresJournalOptions.Validate(options);
        Schema = options.Schema;
        Name = options.Location;
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Host, port and database.</summary>
    public string Name { get; }

    public string Schema { get; }

    /// <summary>
    /// Does something that may be done again: where the connection is lost, or another transaction is in the way, it is.
    /// </summary>
    /// <exception cref="JournalUnavailableException">It was not done, or doing it again is right.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var reconnected = false;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await RunOnceAsync(work, cancellationToken);
            }
            catch (Exception e) when (PostgresFault.IsCollision(e) && tries < MaxTries)
            {
                // Again.
            }
            catch (Exception e) when (PostgresFault.IsConnection(e) && e.InnerException is not TimeoutException && !reconnected)
            {
                // A server that was restarted leaves dead connections in the pool; a new one tells whether it is there.
                reconnected = true;
            }
            catch (Exception e) when (PostgresFault.IsKnown(e))
            {
                throw PostgresFault.ToException(e, Name);
            }
        }
    }

    /// <summary>Does something once. Throws what Npgsql throws.</summary>
    public async ValueTask<T> RunOnceAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await work(connection, cancellationToken);
    }

    /// <param name="sql">The statement, its parameters as <c>$1</c> and so on.</param>
    /// <param name="cancellationToken">Whether it is still wanted.</param>
    /// <param name="values">The parameters' values; null stands for NULL.</param>
    public async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        await RunAsync(
            async (connection, stop) =>
            {
                await using var command = Command(connection, sql, values);
                return await command.ExecuteNonQueryAsync(stop);
            },
            cancellationToken);

    /// <param name="sql">The statement, its parameters as <c>$1</c> and so on.</param>
    /// <param name="row">Reads a row.</param>
    /// <param name="cancellationToken">Whether it is still wanted.</param>
    /// <param name="values">The parameters' values; null stands for NULL.</param>
    public ValueTask<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params object?[] values) =>
        RunAsync((connection, stop) => QueryOnceAsync(connection, sql, row, stop, values), cancellationToken);

    public static async ValueTask<List<T>> QueryOnceAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
