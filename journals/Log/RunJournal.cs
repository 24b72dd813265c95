using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Committing;
using Orchestrator.Journals.Compaction;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Opening;
using Orchestrator.Journals.Reading;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals;

/// <summary>
/// The journal of this process: a log of its own for what its runs append, over a storage that it may share with others. Disposal commits
/// what is queued and stops; it releases no run.
/// </summary>
public sealed class RunJournal : IRunJournal, IAsyncDisposable
{
    private readonly IJournalStorage _storage;
    private readonly JournalInstruments _instruments = new();
    private readonly LogIndex _index = new();
    private readonly LogScanner _scanner;
    private readonly StorageHealth _health;
    private readonly BlockCommit _block;
    private readonly Committer _committer;
    private readonly RunOpener _opener;
    private readonly RunReader _reader;
    private readonly ManyRunsReader _many;
    private readonly Compactor _compactor;
    private readonly Housekeeper _housekeeper;
    private int _disposed;

    internal RunJournal(IJournalStorage storage, WriterId writer, JournalOptions options, TimeProvider time, ILogger logger)
    {
        JournalOptions.Validate(options);
        _storage = storage;
        var log = new OwnLog(storage, _index, writer, options);
        _scanner = new LogScanner(storage, _index, writer);
        _health = new StorageHealth(storage, time, options.ProbeInterval, logger);
        _compactor = new Compactor(storage, _index, options, time, _instruments, logger);
        _block = new BlockCommit(storage, _index, log, options, _instruments, logger) { OnLeft = _compactor.Enqueue };
        _committer = new Committer(_block, options.GatherDelay, _health, logger);
        _health.OnReachable = () => _committer.BetweenCommitsAsync(static () => { });
        _opener = new RunOpener(
            new Takeover(storage, _index, _scanner, log, _committer, _instruments) { OnSealed = _compactor.Enqueue });
        _reader = new RunReader(storage, _index, _scanner);
        _many = new ManyRunsReader(storage, _index, _scanner, _reader);
        _housekeeper = new Housekeeper(storage, _index, _scanner, _compactor, writer, options, time, logger)
        {
            RollDeletedAsync = () => log.Segment is { HasDeleted: true } ? _committer.BetweenCommitsAsync(_block.Roll) : Task.CompletedTask,
        };
    }

    public JournalHealth Health => _health.Current;

    public async ValueTask<CreateOutcome> CreateAsync(NewRun run, EntryBatch first, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(first);
        cancellationToken.ThrowIfCancellationRequested();
        if (first.FirstNumber != 1)
        {
            throw new ArgumentException("A run begins at entry 1.", nameof(first));
        }

        if (run.IdempotencyKey is { } key && await FindKeyAsync(run.Summary.Tenant, key, cancellationToken) is { } taken)
        {
            return taken;
        }

        var writer = new RunWriter(_committer, run.Summary.Id, epoch: 1, takenOver: false);
        await writer.CreateAsync(run, first);
        return writer.Conflict switch
        {
            null => new CreateOutcome.Created(writer),
            { } conflict when conflict.Holder == conflict.Run => throw new ArgumentException($"There is a run {conflict.Run} already.", nameof(run)),
            { } conflict => new CreateOutcome.KeyTaken(conflict.Holder, conflict.RequestHash),
        };
    }

    public async ValueTask<IRunWriter?> OpenAsync(RunId id, CancellationToken cancellationToken = default) =>
        await _opener.OpenAsync(id).WaitAsync(cancellationToken);

    public IAsyncEnumerable<EntryBatch> ReadAsync(RunId id, long from, CancellationToken cancellationToken = default) =>
        _reader.ReadAsync(id, from, cancellationToken);

    public IAsyncEnumerable<RunBatch> ReadManyAsync(IReadOnlyDictionary<RunId, long> from, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        return _many.ReadAsync(from, cancellationToken);
    }

    public ValueTask<CheckpointPosition?> FindCheckpointAsync(RunId id, long seq, CancellationToken cancellationToken = default) =>
        _reader.FindCheckpointAsync(id, seq, cancellationToken);

    public async ValueTask<RunSummary?> FindAsync(RunId id, CancellationToken cancellationToken = default) =>
        (await _storage.FindAsync([id], cancellationToken)) is [var summary] ? summary : null;

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Limit < 1)
        {
            throw new ArgumentException("A page has at least one run.", nameof(query));
        }

        return _storage.ListAsync(query, cancellationToken);
    }

    public ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(
        Func<RunId, bool>? wanted = null, CancellationToken cancellationToken = default) =>
        _storage.ListUnfinishedAsync(wanted, cancellationToken);

    public async ValueTask<bool> DeleteAsync(RunId id, CancellationToken cancellationToken = default) =>
        await DeleteAsync([id]) == 1;

    public async ValueTask<int> ExpireAsync(DateTimeOffset endedBefore, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await DeleteAsync(await _storage.ListEndedAsync(endedBefore.ToUnixTimeMilliseconds(), limit, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _housekeeper.DisposeAsync();
        await _compactor.DisposeAsync();
        await _committer.DisposeAsync();
        await _health.DisposeAsync();
        await _storage.DisposeAsync();
        _scanner.Dispose();
        _instruments.Dispose();
    }

    /// <summary>A key may be that of a run whose making is in doubt, and which is about to be removed: such a doubt is settled first.</summary>
    private async ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken)
    {
        if (await _storage.FindKeyAsync(tenant, key, cancellationToken) is null)
        {
            return null;
        }

        await _committer.BetweenCommitsAsync(static () => { });
        return await _storage.FindKeyAsync(tenant, key, cancellationToken);
    }

    private async ValueTask<int> DeleteAsync(IReadOnlyList<RunId> runs)
    {
        if (runs.Count == 0)
        {
            return 0;
        }

        var deleted = await _storage.DeleteAsync(runs);
        foreach (var run in deleted)
        {
            _index.Delete(run);
        }

        return deleted.Count;
    }
}
