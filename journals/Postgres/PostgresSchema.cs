using Npgsql;
using Orchestrator.Journals.Formats;
using Orchestrator.Engine.Journal;
using Orchestrator.Journals.Postgres.Sessions;

namespace Orchestrator.Journals.Postgres;

/// <summary>The tables, and the function that commits. Their version is in the table <c>version</c>.</summary>
internal static class PostgresSchema
{
    public const int Version = 1;

    /// <summary>Two processes that start at once make the tables one after the other.</summary>
    private const long LockKey = 0x6f72636865737472;

    /// <exception cref="JournalUnavailableException">The database can not be reached or written.</exception>
    /// <exception cref="InvalidDataException">The schema is one of a newer version, or the server would lose acknowledged commits.</exception>
    public static async ValueTask EnsureAsync(PostgresDatabase database)
    {
        await CheckDurabilityAsync(database);
        if (await ReadVersionAsync(database) == Version)
        {
            return;
        }

        var schema = database.Schema;
        await database.RunAsync(
            async (connection, stop) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(stop);
                await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})");
                var there = await PostgresDatabase.QueryOnceAsync(
                    connection, "SELECT to_regnamespace($1) IS NOT NULL, to_regclass($1 || '.version') IS NOT NULL",
                    row => (Schema: row.GetBoolean(0), Tables: row.GetBoolean(1)), stop, schema);
                if (!there[0].Schema)
                {
                    await ExecuteAsync(connection, $"CREATE SCHEMA {schema}");
                }

                if (!there[0].Tables)
                {
                    await ExecuteAsync(connection, Tables(schema));
                    await ExecuteAsync(connection, CommitFunction(schema));
                }

                await transaction.CommitAsync(stop);
                return true;
            },
            CancellationToken.None);
        var version = await ReadVersionAsync(database);
        if (version != Version)
        {
            throw new InvalidDataException(
                $"The schema {schema} of {database.Name} has version {version}, this program knows versions up to {Version}: start the newer program, or use another schema.");
        }
    }

    private static async ValueTask CheckDurabilityAsync(PostgresDatabase database)
    {
        var setting = await database.QueryAsync("SELECT current_setting('synchronous_commit')", row => row.GetString(0), CancellationToken.None);
        if (setting[0] == "off")
        {
            throw new InvalidDataException(
                $"PostgreSQL at {database.Name} has synchronous_commit off, with which it loses commits that it acknowledged: "
                + "set it on for this database (ALTER DATABASE … SET synchronous_commit = on).");
        }
    }

    private static async ValueTask<int?> ReadVersionAsync(PostgresDatabase database)
    {
        var found = await database.QueryAsync(
            "SELECT to_regclass($1 || '.version') IS NOT NULL", row => row.GetBoolean(0), CancellationToken.None, database.Schema);
        return found[0]
            ? (await database.QueryAsync($"SELECT version FROM {database.Schema}.version", row => row.GetInt32(0), CancellationToken.None))[0]
            : null;
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Tables(string schema) => $"""
        CREATE TABLE {schema}.version (version int NOT NULL);
        INSERT INTO {schema}.version VALUES ({Version});

        -- The log. Nothing compresses: blocks are read in slices, and time counts for more than room.
        CREATE TABLE {schema}.segments (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, writer uuid NOT NULL, sequence int NOT NULL, sealed boolean NOT NULL,
          UNIQUE (writer, sequence));
        CREATE TABLE {schema}.blocks (segment bigint, position int, data bytea NOT NULL, PRIMARY KEY (segment, position));
        ALTER TABLE {schema}.blocks ALTER COLUMN data SET STORAGE EXTERNAL;

        -- The runs' files.
        CREATE TABLE {schema}.chunks (
          run uuid, first bigint, count int NOT NULL, seq bigint, data bytea NOT NULL, PRIMARY KEY (run, first));
        ALTER TABLE {schema}.chunks ALTER COLUMN data SET STORAGE EXTERNAL;

        -- The directory. summary holds everything; the columns are what rows are found by, and texts are digests of them.
        CREATE TABLE {schema}.runs (
          id uuid PRIMARY KEY, tenant bytea NOT NULL, status smallint NOT NULL, model bytea NOT NULL, ended_at bigint,
          owner uuid NOT NULL, epoch bigint NOT NULL, released boolean NOT NULL, fence uuid[] NOT NULL, key bytea, pairs bytea NOT NULL,
          summary bytea NOT NULL, error bytea);
        CREATE INDEX runs_by_status ON {schema}.runs (tenant, status, id);
        CREATE INDEX runs_by_model ON {schema}.runs (tenant, model, status, id);
        CREATE INDEX runs_unfinished ON {schema}.runs (owner) WHERE status < 3;
        CREATE INDEX runs_ended ON {schema}.runs (ended_at) WHERE ended_at IS NOT NULL;
        -- error: its code and message, folded to one case, to be searched.
        CREATE INDEX runs_by_error ON {schema}.runs (tenant, id) WHERE error IS NOT NULL;
        CREATE TABLE {schema}.run_metadata (pair bytea, run uuid, PRIMARY KEY (pair, run));
        CREATE TABLE {schema}.keys (id bytea PRIMARY KEY, run uuid NOT NULL, hash text);

        -- Written and emptied to see whether the server takes it.
        CREATE TABLE {schema}.probe (data bytea NOT NULL);

        CREATE FUNCTION {schema}.split(pairs bytea) RETURNS SETOF bytea LANGUAGE sql IMMUTABLE AS
          'SELECT substring(pairs FROM n * {Digest.Length} + 1 FOR {Digest.Length}) FROM generate_series(0, length(pairs) / {Digest.Length} - 1) n';
        """;

    /// <summary>
    /// A commit: block and directory in one transaction, and in one message, so that no lock waits for the rest of it. The segment's row is
    /// locked before it is looked at: who seals it waits for the commits that are under way, and those that come later find it sealed.
    /// Rows are locked in the order of their ids. Changes nothing where it answers anything. What it takes and answers never changes: a new
    /// version gets a function of its own, as processes of both versions may be at work.
    /// </summary>
    private static string CommitFunction(string schema) => $"""
        CREATE FUNCTION {schema}.commit_1(
          by_writer uuid, in_sequence int, at_position int, block bytea,
          new_id uuid[], new_tenant bytea[], new_status smallint[], new_model bytea[], new_ended bigint[], new_pairs bytea[], new_summary bytea[],
          new_error bytea[], new_key bytea[], new_hash text[],
          set_id uuid[], set_tenant bytea[], set_status smallint[], set_model bytea[], set_ended bigint[], set_pairs bytea[], set_summary bytea[],
          set_error bytea[], let_id uuid[], let_epoch bigint[])
        RETURNS TABLE (refusal int, refused uuid, holder uuid, holder_hash text) LANGUAGE plpgsql AS $body$
        DECLARE in_segment bigint;
        BEGIN
          IF block IS NOT NULL THEN
            SELECT s.id INTO in_segment FROM {schema}.segments s
              WHERE s.writer = by_writer AND s.sequence = in_sequence AND NOT s.sealed FOR NO KEY UPDATE;
            IF NOT FOUND THEN
              RETURN QUERY SELECT 2, NULL::uuid, NULL::uuid, NULL::text;
              RETURN;
            END IF;
          END IF;

          IF cardinality(new_id) > 0 THEN
            RETURN QUERY SELECT 3, n.id, coalesce(k.run, n.id), k.hash
              FROM unnest(new_id, new_key) n(id, key)
              LEFT JOIN {schema}.keys k ON k.id = n.key LEFT JOIN {schema}.runs r ON r.id = n.id
              WHERE k.id IS NOT NULL OR r.id IS NOT NULL;
            IF FOUND THEN
              RETURN;
            END IF;

            INSERT INTO {schema}.keys (id, run, hash)
              SELECT n.key, n.id, n.hash FROM unnest(new_key, new_id, new_hash) n(key, id, hash) WHERE n.key IS NOT NULL ORDER BY n.key;
            INSERT INTO {schema}.runs (id, tenant, status, model, ended_at, owner, epoch, released, fence, key, pairs, summary, error)
              SELECT n.id, n.tenant, n.status, n.model, n.ended, by_writer, 1, false, ARRAY[]::uuid[], n.key, n.pairs, n.summary, n.error
              FROM unnest(new_id, new_tenant, new_status, new_model, new_ended, new_key, new_pairs, new_summary, new_error)
                n(id, tenant, status, model, ended, key, pairs, summary, error) ORDER BY n.id;
            INSERT INTO {schema}.run_metadata (pair, run)
              SELECT p, n.id FROM unnest(new_id, new_pairs) n(id, pairs), {schema}.split(n.pairs) p ON CONFLICT DO NOTHING;
          END IF;

          IF cardinality(set_id) + cardinality(let_id) > 0 THEN
            PERFORM FROM {schema}.runs r WHERE r.id = ANY (set_id || let_id) ORDER BY r.id FOR NO KEY UPDATE;
          END IF;

          IF cardinality(set_id) > 0 THEN
            DELETE FROM {schema}.run_metadata m
              USING {schema}.runs r, unnest(set_id, set_pairs) n(id, pairs), {schema}.split(r.pairs) p
              WHERE r.id = n.id AND r.pairs <> n.pairs AND m.pair = p AND m.run = r.id;
            INSERT INTO {schema}.run_metadata (pair, run)
              SELECT p, r.id FROM {schema}.runs r, unnest(set_id, set_pairs) n(id, pairs), {schema}.split(n.pairs) p
              WHERE r.id = n.id AND r.pairs <> n.pairs ON CONFLICT DO NOTHING;
            UPDATE {schema}.runs r SET tenant = n.tenant, status = n.status, model = n.model, ended_at = n.ended, pairs = n.pairs,
                summary = n.summary, error = n.error, fence = CASE WHEN r.owner = by_writer THEN ARRAY[]::uuid[] ELSE r.fence END
              FROM unnest(set_id, set_tenant, set_status, set_model, set_ended, set_pairs, set_summary, set_error)
                n(id, tenant, status, model, ended, pairs, summary, error)
              WHERE r.id = n.id;
          END IF;

          IF cardinality(let_id) > 0 THEN
            UPDATE {schema}.runs r SET released = true, fence = ARRAY[]::uuid[]
              FROM unnest(let_id, let_epoch) n(id, epoch) WHERE r.id = n.id AND r.owner = by_writer AND r.epoch = n.epoch;
          END IF;

          IF block IS NOT NULL THEN
            INSERT INTO {schema}.blocks (segment, position, data) VALUES (in_segment, at_position, block);
          END IF;
        END $body$;
        """;
}
