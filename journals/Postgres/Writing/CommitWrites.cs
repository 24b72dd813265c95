using Npgsql;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres.Writing;

/// <summary>A commit: one call of the schema's function.</summary>
internal sealed class CommitWrites(PostgresDatabase database)
{
    /// <summary>Two commits collide where both take the same idempotency key, or the same rows; the second try sees what the first one did.</summary>
    private const int MaxTries = 5;

    private readonly string _commit =
        $"SELECT * FROM {database.Schema}.commit_1({string.Join(", ", Enumerable.Range(1, 24).Select(n => $"${n}"))})";

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        var values = Values(commit);
        for (var tries = 1; ; tries++)
        {
            var begun = false;
            try
            {
                var refusals = await database.RunOnceAsync(
                    (connection, stop) =>
                    {
                        begun = true;
                        return PostgresDatabase.QueryOnceAsync(connection, _commit, Read, stop, values);
                    },
                    CancellationToken.None);
                return Outcome(refusals);
            }
            catch (Exception e) when (PostgresFault.IsCollision(e) && tries < MaxTries)
            {
                // Again.
            }
            catch (Exception e) when (begun && PostgresFault.IsConnection(e))
            {
                return new CommitOutcome(CommitStatus.InDoubt, Reason: PostgresFault.ToException(e, database.Name).Message);
            }
            catch (Exception e) when (PostgresFault.IsKnown(e))
            {
                throw PostgresFault.ToException(e, database.Name);
            }
        }
    }

    private static (CommitStatus Status, Guid Refused, Guid Holder, string? Hash) Read(NpgsqlDataReader row)
    {
        var status = (CommitStatus)row.GetInt32(0);
        return status == CommitStatus.Sealed
            ? (status, default, default, null)
            : (status, row.GetGuid(1), row.GetGuid(2), row.IsDBNull(3) ? null : row.GetString(3));
    }

    private static CommitOutcome Outcome(List<(CommitStatus Status, Guid Refused, Guid Holder, string? Hash)> refusals) => refusals switch
    {
        [] => new CommitOutcome(CommitStatus.Committed),
        [(CommitStatus.Sealed, _, _, _)] => new CommitOutcome(CommitStatus.Sealed),
        _ => new CommitOutcome(
            CommitStatus.Conflict,
            [.. refusals.Select(refusal => new CreationConflict(refusal.Refused.ToRun(), refusal.Holder.ToRun(), refusal.Hash))]),
    };

    private static object?[] Values(JournalCommit commit)
    {
        var created = commit.Creations.ConvertAll(run => run.Summary);
        return
        [
            commit.Writer.Value, commit.Segment.Sequence, commit.Position, commit.Block.IsEmpty ? (object?)null : commit.Block,
            .. Columns(created), commit.Creations.ConvertAll(KeyOf).ToArray(), commit.Creations.ConvertAll(run => run.RequestHash).ToArray(),
            .. Columns(commit.Summaries),
            commit.Releases.ConvertAll(release => release.Run.ToGuid()).ToArray(), commit.Releases.ConvertAll(release => release.Epoch).ToArray(),
        ];
    }

    private static byte[]? KeyOf(NewRun run) => run.IdempotencyKey is { } key ? Digest.OfKey(run.Summary.Tenant, key) : null;

    private static object[] Columns(List<RunSummary> summaries) =>
    [
        summaries.ConvertAll(summary => summary.Id.ToGuid()).ToArray(),
        summaries.ConvertAll(summary => Digest.Of(summary.Tenant)).ToArray(),
        summaries.ConvertAll(summary => (short)summary.Status).ToArray(),
        summaries.ConvertAll(summary => Digest.Of(summary.Model)).ToArray(),
        summaries.ConvertAll(summary => summary.Status.IsEnded() ? summary.EndedAt ?? summary.CreatedAt : (long?)null).ToArray(),
        summaries.ConvertAll(summary => Digest.OfPairs(summary.Tenant, summary.Metadata)).ToArray(),
        summaries.ConvertAll(SummaryCodec.Encode).ToArray(),
        summaries.ConvertAll(ErrorText.Of).ToArray(),
    ];
}
