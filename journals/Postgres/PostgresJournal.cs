using Microsoft.Extensions.Logging;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres;

/// <summary>Opens the journal that is kept in a PostgreSQL database.</summary>
public static class PostgresJournal
{
    /// <summary>
    /// Opens the journal, and makes its tables where there are none. Any number of processes may have it open; a run belongs to one at a time.
    /// </summary>
    /// <exception cref="ArgumentException">The options can not be followed. The message does not show the connection string.</exception>
    /// <exception cref="Engine.Journal.JournalUnavailableException">The database can not be reached or written.</exception>
    /// <exception cref="InvalidDataException">The schema is one of a newer version, or the server would lose acknowledged commits.</exception>
    public static async Task<RunJournal> OpenAsync(PostgresJournalOptions options, TimeProvider time, ILogger<RunJournal> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var storage = await PostgresStorage.OpenAsync(options, logger);
        return new RunJournal(storage, WriterId.Create(), options.Journal, time, logger);
    }
}
