using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Sqlite.Native;
using Orchestrator.Journals.Sqlite.Reading;
using Orchestrator.Journals.Sqlite.Writing;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Sqlite;

/// <summary>
/// The storage in a SQLite file: all writes on one thread, reads where they are asked for, the write-ahead log and the erasure of what was
/// dropped in the background.
/// </summary>
internal sealed class SqliteStorage : IJournalStorage
{
    /// <summary>So that commits need not wait for the whole of an expiry.</summary>
    private const int DeletedAtOnce = 16;

    private readonly WriterThread _writer;
    private readonly ReadSessions _readers;
    private readonly WriteAheadLog _log;
    private readonly Eraser _eraser;

    private SqliteStorage(SqliteDatabase database, Func<SqliteDatabase> open, SqliteJournalOptions options, ILogger logger)
    {
        _writer = new WriterThread(new WriteSession(database));
        _readers = new ReadSessions(open);
        _log = new WriteAheadLog(open(), _writer, options, logger);
        _eraser = new Eraser(_writer, _log, logger);
    }

    /// <summary>For what is between this process and its file, such as a limit of its size.</summary>
    internal WriterThread Writer => _writer;

    /// <summary>For what goes on between its commits.</summary>
    internal WriteAheadLog Log => _log;

    public bool IsAtomic => true;

    public int MaxBlocksPerSegment => int.MaxValue;

    public static async Task<SqliteStorage> OpenAsync(SqliteJournalOptions options, ILogger logger) => await Task.Run(() => Open(options, logger));

    public async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        var outcome = await _writer.RunInlineAsync(session => session.Commits.Commit(commit));
        _log.Wrote(commit.Block.Length);
        return outcome;
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await WriteAsync(session => session.Probe());

    public async ValueTask CreateSegmentAsync(SegmentId segment) => await WriteAsync(session => session.Segments.Create(segment));

    public async ValueTask SealAsync(IReadOnlyList<SegmentId> segments) => await WriteAsync(session =>
        session.Database.InTransaction(() =>
        {
            foreach (var segment in segments)
            {
                session.Segments.Seal(segment);
            }
        }));

    public ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<SegmentInfo>>(session => session.Log.List());

    public async IAsyncEnumerable<StoredBlock> ReadBlocksAsync(
        SegmentId segment, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Read(session => session.Log.Read(segment, from)) is { Count: > 0 } blocks)
        {
            foreach (var (position, data, length) in blocks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new StoredBlock(position, data.AsMemory(0, length));
                ArrayPool<byte>.Shared.Return(data);
                from = position + length;
            }
        }
    }

    public ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<byte[]?>>(session => [.. pieces.Select(session.Log.ReadPiece)]);

    public async ValueTask DropSegmentAsync(SegmentId segment)
    {
        await WriteAsync(session => session.Segments.Drop(segment));
        _eraser.Wake();
    }

    public async ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken)
    {
        await _writer.RunInBackgroundAsync(session => session.WithoutSync(() =>
        {
            session.Chunks.Write(chunks);
            return true;
        }));
        _log.Wrote(chunks.Sum(chunk => chunk.Data.Length));
    }

    public ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        Read(session => session.Chunks.Find(run, number));

    public ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) =>
        Read(session => session.Chunks.FindBySeq(run, seq));

    public ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<long>>(session => [.. runs.Select(session.Chunks.FindLastNumber)]);

    public async ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs) =>
        await _writer.RunAsync(session => session.Database.InTransaction(
            () => runs.Select(run => session.Claims.Claim(writer, run)).OfType<RunClaim>().ToList()));

    public ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer) =>
        Read<IReadOnlyDictionary<RunId, long>>(session => session.Rows.ListOwned(writer));

    public ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<RunSummary>>(session => session.Rows.Find(runs));

    public ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken) =>
        Read(session => session.Rows.FindKey(tenant, key));

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => Read(session => session.Lists.List(query));

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken)
    {
        var unfinished = await Read<IReadOnlyList<RunId>>(session => session.Rows.ListUnfinished());
        return wanted is null ? unfinished : [.. unfinished.Where(wanted)];
    }

    public ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<RunId>>(session => session.Rows.ListEnded(before, limit));

    public async ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs)
    {
        var deleted = new List<RunId>();
        foreach (var some in runs.Chunk(DeletedAtOnce))
        {
            deleted.AddRange(await _writer.RunAsync(session => session.Database.InTransaction(
                () => some.Where(run => session.Rows.Delete(run)).ToList())));
        }

        _eraser.Wake();
        return deleted;
    }

    public async ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs)
    {
        var discarded = new List<RunId>();
        foreach (var some in epochs.Chunk(DeletedAtOnce))
        {
            discarded.AddRange(await _writer.RunAsync(session => session.Database.InTransaction(
                () => some.Where(pair => session.Rows.Discard(owner, pair.Key, pair.Value)).Select(static pair => pair.Key).ToList())));
        }

        _eraser.Wake();
        return discarded;
    }

    public async ValueTask DisposeAsync()
    {
        await _eraser.DisposeAsync();
        await _log.DisposeAsync();
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    private static SqliteStorage Open(SqliteJournalOptions options, ILogger logger)
    {
        CreateDirectory(options.Directory);
        var database = Connect();
        try
        {
            SqliteSchema.Ensure(database);
            return new SqliteStorage(database, Connect, options, logger);
        }
        catch
        {
            database.Dispose();
            throw;
        }

        SqliteDatabase Connect() => SqliteDatabase.Open(options.DatabasePath, options.BusyTimeout);
    }

    private static void CreateDirectory(string path)
    {
        try
        {
            System.IO.Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The data directory {path} can not be made ({e.Message}): check the path and its permissions.", e);
        }
    }

    private ValueTask<T> Read<T>(Func<ReadSession, T> read)
    {
        try
        {
            return ValueTask.FromResult(_readers.Read(read));
        }
        catch (Exception e)
        {
            return ValueTask.FromException<T>(e);
        }
    }

    private Task WriteAsync(Action<WriteSession> work) => _writer.RunAsync(session =>
    {
        work(session);
        return true;
    });
}
