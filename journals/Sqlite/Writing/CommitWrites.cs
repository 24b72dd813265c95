using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>A commit: block and directory in one transaction.</summary>
internal sealed class CommitWrites(SqliteDatabase database, SegmentWrites segments, RowWrites rows)
{
    public CommitOutcome Commit(JournalCommit commit)
    {
        database.Begin();
        try
        {
            var outcome = Apply(commit);
            if (outcome.Status == CommitStatus.Committed)
            {
                database.Commit();
            }
            else
            {
                database.RollBack();
            }

            return outcome;
        }
        catch
        {
            // Nothing of it is durable: a commit that SQLite reports as failed is overwritten by the next one.
            database.RollBack();
            throw;
        }
    }

    private CommitOutcome Apply(JournalCommit commit)
    {
        if (!commit.Block.IsEmpty)
        {
            if (segments.FindOpen(commit.Segment) is not { } segment)
            {
                return new CommitOutcome(CommitStatus.Sealed);
            }

            segments.Append(segment, commit.Position, commit.Block.Span);
        }

        List<CreationConflict>? conflicts = null;
        foreach (var creation in commit.Creations)
        {
            if (rows.Create(commit.Writer, creation) is { } conflict)
            {
                (conflicts ??= []).Add(conflict);
            }
        }

        if (conflicts is not null)
        {
            return new CommitOutcome(CommitStatus.Conflict, conflicts);
        }

        foreach (var summary in commit.Summaries)
        {
            rows.Update(commit.Writer, summary);
        }

        foreach (var release in commit.Releases)
        {
            rows.Release(commit.Writer, release);
        }

        return new CommitOutcome(CommitStatus.Committed);
    }
}
