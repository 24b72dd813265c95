using Orchestrator.Engine.Journal;
using SQLitePCL;

namespace Orchestrator.Journals.Sqlite.Native;

/// <summary>What a result code of SQLite means for the journal.</summary>
internal static class SqliteFault
{
    public static Exception ToException(int code, string detail, string path) => (code & 0xFF) switch
    {
        raw.SQLITE_FULL => new JournalUnavailableException($"There is no room for the journal {path} ({detail}): free space on its disk."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new JournalUnavailableException(
            $"The journal {path} is locked by another process ({detail}): end what holds a write lock on it."),
        raw.SQLITE_IOERR => new JournalUnavailableException(
            $"The disk failed to read or write the journal {path} ({detail}, code {code}): check the disk and its free space."),
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new JournalUnavailableException(
            $"The journal {path} can not be opened for writing ({detail}): check the path and the permissions of its directory."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new InvalidDataException(
            $"{path} is damaged or is no journal ({detail}): restore it from a backup."),
        _ => new InvalidOperationException($"SQLite answered {code} ({detail}) on {path}."),
    };
}
