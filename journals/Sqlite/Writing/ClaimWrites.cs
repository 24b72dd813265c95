using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>Changes of ownership.</summary>
internal sealed class ClaimWrites(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _find = database.Prepare(
        "SELECT owner, epoch, released, fence FROM runs WHERE id = ?1 AND status < 3");
    private readonly SqliteStatement _claim = database.Prepare(
        "UPDATE runs SET owner = ?2, epoch = ?3, released = 0, fence = ?4 WHERE id = ?1");

    /// <summary>Null where there is no such run, or it has ended.</summary>
    public RunClaim? Claim(WriterId writer, RunId run)
    {
        var id = run.ToBytes();
        WriterId owner;
        long epoch;
        var fence = new List<WriterId>();
        using (var rows = _find.Bind(1, id).Query())
        {
            if (!rows.Read())
            {
                return null;
            }

            owner = WriterId.FromBytes(rows.GetBytes(0));
            epoch = rows.GetInt64(1) + 1;
            var listed = rows.GetBytes(3);
            for (; listed.Length >= WriterId.ByteLength; listed = listed[WriterId.ByteLength..])
            {
                fence.Add(WriterId.FromBytes(listed[..WriterId.ByteLength]));
            }

            if (rows.GetInt32(2) == 0 && !fence.Contains(owner))
            {
                fence.Add(owner);
            }
        }

        _claim.Bind(1, id).Bind(2, writer.ToBytes()).Bind(3, epoch).Bind(4, fence.SelectMany(one => one.ToBytes()).ToArray()).Execute();
        return new RunClaim(run, epoch, owner, fence);
    }

    public void Dispose()
    {
        _find.Dispose();
        _claim.Dispose();
    }
}
