namespace Orchestrator.Silo.Storage.Postgres;

/// <summary>
/// The statements that Orleans' ADO.NET providers ask for, by key. Parameters and columns have the names that the providers use; each
/// statement is one round trip, and changes all or nothing.
/// </summary>
internal static class OrleansQueries
{
    private const string ThisSilo = "deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string SiloColumns = """
        v.deployment AS "DeploymentId", s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.silo_name AS "SiloName",
        s.host_name AS "HostName", s.status AS "Status", s.proxy_port AS "ProxyPort", s.suspect_times AS "SuspectTimes",
        s.started_at AS "StartTime", s.alive_at AS "IAmAliveTime", v.version AS "Version"
        """;

    /// <summary>The version is raised by one, or nothing happens: whoever changes the membership must have seen all of it.</summary>
    private const string NextVersion =
        "UPDATE orleans.cluster_version SET version = version + 1 WHERE deployment = @DeploymentId AND version = @Version RETURNING version";

    private const string ThisState = """
        service = @ServiceId AND type = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND key = COALESCE(CAST(@GrainIdExtensionString AS text), '')
        """;

    private const string ReminderColumns =
        "grain AS \"GrainId\", name AS \"ReminderName\", starts_at AS \"StartTime\", period AS \"Period\", version AS \"Version\"";

    private const string ThisReminder = "service = @ServiceId AND grain = @GrainId AND name = @ReminderName";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InsertMembershipVersionKey"] = """
            WITH made AS (INSERT INTO orleans.cluster_version VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::integer FROM made
            """,
        ["InsertMembershipKey"] = $"""
            WITH turn AS ({NextVersion}),
            made AS (
                INSERT INTO orleans.silo
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, NULL, @StartTime, @IAmAliveTime FROM turn
                RETURNING 1)
            SELECT count(*)::integer FROM made
            """,
        ["UpdateMembershipKey"] = $"""
            WITH turn AS ({NextVersion}),
            changed AS (
                UPDATE orleans.silo SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
                FROM turn WHERE {ThisSilo} RETURNING 1)
            SELECT count(*)::integer FROM changed
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE orleans.silo SET alive_at = @IAmAliveTime WHERE {ThisSilo}",
        ["MembershipReadRowKey"] = $"""
            SELECT {SiloColumns} FROM orleans.cluster_version v LEFT JOIN orleans.silo s
            ON s.deployment = v.deployment AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
            WHERE v.deployment = @DeploymentId
            """,
        ["MembershipReadAllKey"] = $"""
            SELECT {SiloColumns} FROM orleans.cluster_version v LEFT JOIN orleans.silo s ON s.deployment = v.deployment
            WHERE v.deployment = @DeploymentId
            """,
        ["DeleteMembershipTableEntriesKey"] = """
            WITH gone AS (DELETE FROM orleans.silo WHERE deployment = @DeploymentId)
            DELETE FROM orleans.cluster_version WHERE deployment = @DeploymentId
            """,
        ["CleanupDefunctSiloEntriesKey"] =
            "DELETE FROM orleans.silo WHERE deployment = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3",
        ["GatewaysQueryKey"] = """
            SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation" FROM orleans.silo
            WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0
            """,

        ["ReadFromStorageKey"] = $"""SELECT payload AS "PayloadBinary", version AS "Version" FROM orleans.grain_state WHERE {ThisState}""",

        // A version that comes back as it was sent tells that the row is another's.
        ["WriteToStorageKey"] = $"""
            WITH changed AS (
                UPDATE orleans.grain_state SET payload = @PayloadBinary, version = version + 1
                WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer) RETURNING version),
            made AS (
                INSERT INTO orleans.grain_state
                SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(CAST(@GrainIdExtensionString AS text), ''), @PayloadBinary, 1
                WHERE CAST(@GrainStateVersion AS integer) IS NULL ON CONFLICT DO NOTHING RETURNING version)
            SELECT COALESCE((SELECT version FROM changed), (SELECT version FROM made), CAST(@GrainStateVersion AS integer)) AS "NewGrainStateVersion"
            """,
        ["ClearStorageKey"] = $"""
            UPDATE orleans.grain_state SET payload = NULL, version = version + 1
            WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer) RETURNING version AS "NewGrainStateVersion"
            """,
        ["DeleteStorageKey"] = $"""
            DELETE FROM orleans.grain_state
            WHERE {ThisState} AND version = CAST(@GrainStateVersion AS integer) RETURNING version + 1 AS "NewGrainStateVersion"
            """,

        ["UpsertReminderRowKey"] = """
            INSERT INTO orleans.reminder AS r VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT (service, grain, name) DO UPDATE
            SET starts_at = excluded.starts_at, period = excluded.period, hash = excluded.hash, version = r.version + 1
            RETURNING version AS "Version"
            """,
        ["ReadReminderRowKey"] = $"SELECT {ReminderColumns} FROM orleans.reminder WHERE {ThisReminder}",
        ["ReadReminderRowsKey"] = $"SELECT {ReminderColumns} FROM orleans.reminder WHERE service = @ServiceId AND grain = @GrainId",
        ["ReadRangeRows1Key"] =
            $"SELECT {ReminderColumns} FROM orleans.reminder WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash",

        // The range goes around the end of the ring.
        ["ReadRangeRows2Key"] =
            $"SELECT {ReminderColumns} FROM orleans.reminder WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)",
        ["DeleteReminderRowKey"] = $"""
            WITH gone AS (DELETE FROM orleans.reminder WHERE {ThisReminder} AND version = @Version RETURNING 1) SELECT count(*)::integer FROM gone
            """,
        ["DeleteReminderRowsKey"] = "DELETE FROM orleans.reminder WHERE service = @ServiceId",
    };
}
