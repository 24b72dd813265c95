using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Postgres.Reading;
using Orchestrator.Journals.Postgres.Sessions;
using Orchestrator.Journals.Postgres.Writing;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Postgres;

/// <summary>The storage in a PostgreSQL database.</summary>
internal sealed class PostgresStorage : IJournalStorage
{
    /// <summary>So that others need not wait for the whole of an expiry.</summary>
    private const int DeletedAtOnce = 16;

    private readonly PostgresDatabase _database;
    private readonly CommitWrites _commits;
    private readonly SegmentWrites _segments;
    private readonly RowWrites _rowWrites;
    private readonly ChunkWrites _chunkWrites;
    private readonly LogReads _log;
    private readonly ChunkReads _chunks;
    private readonly RowReads _rows;
    private readonly ListReads _lists;
    private readonly string _probe;

    private PostgresStorage(PostgresDatabase database)
    {
        _database = database;
        _commits = new CommitWrites(database);
        _segments = new SegmentWrites(database);
        _rowWrites = new RowWrites(database);
        _chunkWrites = new ChunkWrites(database);
        _log = new LogReads(database);
        _chunks = new ChunkReads(database);
        _rows = new RowReads(database);
        _lists = new ListReads(database);
        _probe = $"WITH written AS (INSERT INTO {database.Schema}.probe VALUES ($1)) DELETE FROM {database.Schema}.probe";
    }

    public bool IsAtomic => true;

    public int MaxBlocksPerSegment => int.MaxValue;

    public static async Task<PostgresStorage> OpenAsync(PostgresJournalOptions options, ILogger logger)
    {
        var database = new PostgresDatabase(options);
        try
        {
            await PostgresSchema.EnsureAsync(database);
            return new PostgresStorage(database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit) => _commits.CommitAsync(commit);

    /// <summary>A row of a commit's usual size; what a probe leaves, the next one removes.</summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _database.ExecuteAsync(_probe, cancellationToken, new byte[64 << 10]);

    public ValueTask CreateSegmentAsync(SegmentId segment) => _segments.CreateAsync(segment);

    public ValueTask SealAsync(IReadOnlyList<SegmentId> segments) => _segments.SealAsync(segments);

    public ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken) => _log.ListAsync(cancellationToken);

    public async IAsyncEnumerable<StoredBlock> ReadBlocksAsync(
        SegmentId segment, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _log.ReadAsync(segment, from, cancellationToken) is { Count: > 0 } blocks)
        {
            foreach (var block in blocks)
            {
                yield return block;
                from = block.Position + block.Data.Length;
            }
        }
    }

    public async ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken) =>
        await _log.ReadPiecesAsync(pieces, cancellationToken);

    public ValueTask DropSegmentAsync(SegmentId segment) => _segments.DropAsync(segment);

    public ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken) =>
        _chunkWrites.WriteAsync(chunks, cancellationToken);

    public ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        _chunks.FindAsync(run, number, cancellationToken);

    public ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) =>
        _chunks.FindBySeqAsync(run, seq, cancellationToken);

    public ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        _chunks.FindLastNumbersAsync(runs, cancellationToken);

    public ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs) => _rowWrites.ClaimAsync(writer, runs);

    public ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer) => _rows.ListOwnedAsync(writer);

    public ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        _rows.FindAsync(runs, cancellationToken);

    public ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken) =>
        _rows.FindKeyAsync(tenant, key, cancellationToken);

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => _lists.ListAsync(query, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken)
    {
        var unfinished = await _rows.ListUnfinishedAsync(cancellationToken);
        return wanted is null ? unfinished : [.. unfinished.Where(wanted)];
    }

    public ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken) =>
        _rows.ListEndedAsync(before, limit, cancellationToken);

    public async ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs)
    {
        var deleted = new List<RunId>();
        foreach (var some in runs.Chunk(DeletedAtOnce))
        {
            deleted.AddRange(await _rowWrites.DeleteAsync(some));
        }

        return deleted;
    }

    public async ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs)
    {
        var discarded = new List<RunId>();
        foreach (var some in epochs.Chunk(DeletedAtOnce))
        {
            discarded.AddRange(await _rowWrites.DiscardAsync(owner, some));
        }

        return discarded;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
