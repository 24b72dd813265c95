using Npgsql;

namespace Orchestrator.Silo.Storage.Postgres;

/// <summary>
/// The tables behind Orleans' ADO.NET providers. The providers know nothing of the tables: they read their statements, by key, from
/// <c>OrleansQuery</c>, and rely on the names of parameters and columns only (<see cref="OrleansQueries"/>).
/// </summary>
internal static class OrleansSchema
{
    public const string Name = "orleans";

    /// <summary>Any number that nobody else locks.</summary>
    private const long Lock = 0x6F72636C65616E73;

    private const string Tables = """
        CREATE SCHEMA IF NOT EXISTS orleans;
        CREATE TABLE IF NOT EXISTS orleans.orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE IF NOT EXISTS orleans.cluster_version (
            deployment text PRIMARY KEY,
            version integer NOT NULL);
        CREATE TABLE IF NOT EXISTS orleans.silo (
            deployment text NOT NULL REFERENCES orleans.cluster_version,
            address text NOT NULL,
            port integer NOT NULL,
            generation integer NOT NULL,
            silo_name text NOT NULL,
            host_name text NOT NULL,
            status integer NOT NULL,
            proxy_port integer,
            suspect_times text,
            started_at timestamptz NOT NULL,
            alive_at timestamptz NOT NULL,
            PRIMARY KEY (deployment, address, port, generation));
        CREATE TABLE IF NOT EXISTS orleans.grain_state (
            service text NOT NULL,
            type text NOT NULL,
            n0 bigint NOT NULL,
            n1 bigint NOT NULL,
            key text NOT NULL,
            payload bytea,
            version integer NOT NULL,
            PRIMARY KEY (service, type, n0, n1, key));
        CREATE TABLE IF NOT EXISTS orleans.reminder (
            service text NOT NULL,
            grain text NOT NULL,
            name text NOT NULL,
            starts_at timestamptz NOT NULL,
            period bigint NOT NULL,
            hash integer NOT NULL,
            version integer NOT NULL,
            PRIMARY KEY (service, grain, name));
        CREATE INDEX IF NOT EXISTS reminder_hash ON orleans.reminder (service, hash);
        CREATE TABLE IF NOT EXISTS orleans.data_protection_key (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            xml text NOT NULL);
        """;

    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Silos that start at the same time wait for each other here: IF NOT EXISTS alone does not make that safe.
        await using var turn = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, turn);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({Lock})"));
        foreach (var statement in Tables.Split(";\n"))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        foreach (var (key, text) in OrleansQueries.All)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                "INSERT INTO orleans.orleansquery VALUES ($1, $2) ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext")
            {
                Parameters = { new NpgsqlParameter { Value = key }, new NpgsqlParameter { Value = text } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await turn.CommitAsync(cancellationToken);
    }
}
