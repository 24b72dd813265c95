using System.Text;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Journals.Postgres;

/// <summary>An error as it is searched: folded here, as the database would fold by its own locale, and as bytes, as it takes not every text.</summary>
internal static class ErrorText
{
    public static byte[]? Of(RunSummary summary) => summary is { ErrorCode: null, ErrorMessage: null }
        ? null
        : Fold($"{summary.ErrorCode}\n{summary.ErrorMessage}");

    public static byte[] Fold(string text) => Encoding.UTF8.GetBytes(text.ToUpperInvariant());
}
