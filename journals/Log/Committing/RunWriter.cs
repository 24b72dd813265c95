using System.Threading.Tasks.Sources;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Index;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Committing;

/// <summary>
/// A run's writer, and at the same time what its one pending operation is awaited by: an append allocates nothing.
/// </summary>
internal sealed class RunWriter : IRunWriter, IValueTaskSource
{
    private readonly Committer _committer;
    private ManualResetValueTaskSourceCore<bool> _source;
    private volatile bool _lost;
    private int _busy;
    private long _lastNumber;
    private bool _ended;

    public RunWriter(Committer committer, RunId id, long epoch, bool takenOver)
    {
        _committer = committer;
        Id = id;
        Epoch = epoch;
        TakenOver = takenOver;
    }

    public RunId Id { get; }

    public long Epoch { get; }

    public bool TakenOver { get; }

    public long LastNumber => Volatile.Read(ref _lastNumber);

    /// <summary>Another writer has the run, or this one gave it up.</summary>
    public bool IsLost => _lost;

    /// <summary>Set while the writer is installed in the index.</summary>
    public RunLog? Log { get; set; }

    /// <summary>Orders this writer against the checks of ownership: a check that began before it does not count.</summary>
    public long AcquiredAt { get; set; }

    public WriterOperation Operation { get; private set; }

    public EntryBatch? Batch { get; private set; }

    public RunSummary? Summary { get; private set; }

    public NewRun? Creation { get; private set; }

    /// <summary>Why a creation that completed made nothing.</summary>
    public CreationConflict? Conflict { get; set; }

    /// <summary>A batch whose commit seemed to fail and landed: it is acknowledged when it is appended again.</summary>
    public EntryBatch? Landed { get; set; }

    /// <summary>Where the part lies in the block that is being committed; length 0 where there is none.</summary>
    public int PartOffset { get; set; }

    public int PartLength { get; set; }

    public ValueTask AppendAsync(EntryBatch batch, RunSummary? summary = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var expected = LastNumber + 1;
        if (batch.FirstNumber != expected)
        {
            throw new ArgumentException($"{Id}: a batch must begin at entry {expected}, this one begins at {batch.FirstNumber}.", nameof(batch));
        }

        if (_ended)
        {
            throw new InvalidOperationException($"{Id} has ended: nothing can be appended to it.");
        }

        if (_lost)
        {
            return ValueTask.FromException(new OwnershipLostException(Id));
        }

        return Begin(WriterOperation.Append, batch, summary, creation: null);
    }

    public ValueTask ReleaseAsync() =>
        _lost || _ended ? ValueTask.CompletedTask : Begin(WriterOperation.Release, batch: null, summary: null, creation: null);

    public ValueTask CreateAsync(NewRun run, EntryBatch first) => Begin(WriterOperation.Create, first, run.Summary, run);

    /// <summary>At a takeover, before anybody has the writer.</summary>
    public void StartAt(long lastNumber) => Volatile.Write(ref _lastNumber, lastNumber);

    public void Lose() => _lost = true;

    /// <summary>The pending operation is done. What awaits it goes on here and now, before this returns.</summary>
    public void Complete()
    {
        if (Batch is { } batch && Conflict is null)
        {
            Volatile.Write(ref _lastNumber, batch.LastNumber);
            _ended = Summary is not null && Summary.Status.IsEnded();
        }

        Clear();
        _source.RunContinuationsAsynchronously = false;
        _source.SetResult(true);
    }

    public void Fail(Exception error)
    {
        Clear();
        _source.RunContinuationsAsynchronously = true;
        _source.SetException(error);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private ValueTask Begin(WriterOperation operation, EntryBatch? batch, RunSummary? summary, NewRun? creation)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException($"{Id}: a writer is used by one caller at a time, and its last call is not over.");
        }

        _source.Reset();
        Operation = operation;
        Batch = batch;
        Summary = summary;
        Creation = creation;
        Conflict = null;
        PartLength = 0;
        var task = new ValueTask(this, _source.Version);
        _committer.Enqueue(this);
        return task;
    }

    private void Clear()
    {
        Operation = WriterOperation.None;
        Batch = null;
        Summary = null;
        Creation = null;
    }
}
