using Microsoft.Extensions.Logging;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite;

/// <summary>Opens the journal that is kept in a SQLite file.</summary>
public static class SqliteJournal
{
    /// <summary>Opens the journal, and makes it where there is none. Several processes may have it open; a run belongs to one at a time.</summary>
    /// <exception cref="Engine.Journal.JournalUnavailableException">The file can not be opened or written.</exception>
    /// <exception cref="InvalidDataException">The file is no journal, or one of a newer version.</exception>
    public static async Task<RunJournal> OpenAsync(SqliteJournalOptions options, TimeProvider time, ILogger<RunJournal> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var storage = await SqliteStorage.OpenAsync(options, logger);
        return new RunJournal(storage, WriterId.Create(), options.Journal, time, logger);
    }
}
