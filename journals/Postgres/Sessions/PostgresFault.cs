using System.Net.Sockets;
using Npgsql;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Postgres.Sessions;

/// <summary>What a failure of PostgreSQL, or on the way to it, means for the journal.</summary>
internal static class PostgresFault
{
    /// <summary>Whether another transaction was in the way, so that the same one may go through now.</summary>
    public static bool IsCollision(Exception error) => error is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>Whether it is the connection that failed, be it that the server ended it.</summary>
    public static bool IsConnection(Exception error) => error switch
    {
        PostgresException refused => refused.InvariantSeverity is "FATAL" or "PANIC" || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    public static bool IsKnown(Exception error) => error is PostgresException || IsConnection(error);

    /// <param name="error">What Npgsql threw.</param>
    /// <param name="database">Host and name: no user, no password.</param>
    public static Exception ToException(Exception error, string database) => error switch
    {
        PostgresException refused => ToException(refused, database),
        { InnerException: TimeoutException } or TimeoutException => new JournalUnavailableException(
            $"PostgreSQL at {database} did not answer in time ({error.Message}): check its load, its locks and the network, or raise Command Timeout.", error),
        _ => new JournalUnavailableException(
            $"PostgreSQL at {database} can not be reached ({Reason(error)}): check that it runs, and the network to it.", error),
    };

    private static Exception ToException(PostgresException error, string database)
    {
        var remedy = error.SqlState switch
        {
            PostgresErrorCodes.DiskFull => "free space on its disk",
            PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded => "give it more memory",
            PostgresErrorCodes.TooManyConnections => "raise its max_connections, or lower Maximum Pool Size in the connection string",
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
                "another transaction was in the way again and again, which should pass by itself; look for long transactions on these tables",
            PostgresErrorCodes.LockNotAvailable => "another session holds a lock on these tables: end it",
            PostgresErrorCodes.QueryCanceled => "it was canceled: check statement_timeout, and the server's load",
            PostgresErrorCodes.ReadOnlySqlTransaction => "this server takes no writes: connect to the primary (Target Session Attributes=primary)",
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
                "it is stopping or starting: wait, or start it",
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "check user and password of the connection string, and the server's pg_hba.conf",
            PostgresErrorCodes.InvalidCatalogName => "create the database, or correct the name in the connection string",
            PostgresErrorCodes.InsufficientPrivilege => "grant the user CREATE on the database, or make the schema and grant it USAGE and CREATE there",
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName =>
                "the journal's schema is gone: restore it from a backup",
            _ when error.SqlState.StartsWith("08", StringComparison.Ordinal) || error.SqlState.StartsWith("57P", StringComparison.Ordinal) =>
                "check that it runs",
            _ when error.SqlState.StartsWith("58", StringComparison.Ordinal) => "check its disk and its log",
            _ => null,
        };
        return error.SqlState.StartsWith("XX", StringComparison.Ordinal)
            ? new InvalidDataException($"PostgreSQL at {database} has damaged data ({error.SqlState}: {error.MessageText}): restore it from a backup.", error)
            : remedy is null
            ? new InvalidOperationException($"PostgreSQL at {database} answered {error.SqlState} ({error.MessageText}).", error)
            : new JournalUnavailableException($"PostgreSQL at {database} refused ({error.SqlState}: {error.MessageText}): {remedy}.", error);
    }

    private static string Reason(Exception error) => error.InnerException is { } inner and not PostgresException ? inner.Message : error.Message;
}
