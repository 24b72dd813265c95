namespace Orchestrator.Journals.Sqlite;

/// <summary>The embedded journal: one SQLite file.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>Where <c>journal.db</c> is kept; made where it does not exist. Local disk: SQLite's write-ahead log needs shared memory.</summary>
    public required string Directory { get; init; }

    /// <summary>How long a commit waits for another process that is writing, before it fails.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The write-ahead log is emptied into the database at about this size; it grows larger only while a reader holds it up.</summary>
    public long WriteAheadLogBytes { get; init; } = 8L << 20;

    public JournalOptions Journal { get; init; } = new();

    internal string DatabasePath => Path.Combine(Directory, "journal.db");
}
