using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Sqlite;

/// <summary>An error as it is searched: folded here and not in SQL, as SQLite folds ASCII only.</summary>
internal static class ErrorText
{
    public static string? Of(RunSummary summary) => summary is { ErrorCode: null, ErrorMessage: null }
        ? null
        : Fold($"{summary.ErrorCode}\n{summary.ErrorMessage}");

    /// <summary>Without the character that ends a text for SQLite's functions.</summary>
    public static string Fold(string text) => text.ToUpperInvariant().Replace('\0', ' ');
}
