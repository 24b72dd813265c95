using System.Runtime.CompilerServices;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>
/// One process's view of a storage: every call passes a gate before and after, where a test may wait, or let the process crash. A crashed
/// process gets no answers any more; what it had under way in the storage still happens.
/// </summary>
internal sealed class ControlledStorage : IJournalStorage
{
    private readonly IJournalStorage _inner;
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _gates;
    private int _crashAt = -1;

    public ControlledStorage(IJournalStorage inner)
    {
        _inner = inner;
        if (inner is MemoryStorage memory)
        {
            memory.Step = GateAsync;
        }
    }

    /// <summary>Called at each gate with its name, like <c>before SealAsync</c>.</summary>
    public Func<string, Task>? OnGate { get; set; }

    /// <summary>Called at each gate that was passed.</summary>
    public Action<string>? Passed { get; set; }

    /// <summary>What becomes of a commit.</summary>
    public Func<JournalCommit, CommitFault>? OnCommit { get; set; }

    public Task Crashed => _crashed.Task;

    public bool IsAtomic => _inner.IsAtomic;

    public int MaxBlocksPerSegment => _inner.MaxBlocksPerSegment;

    public void Crash() => _crashed.TrySetResult();

    /// <summary>Crashes at the n-th gate from now, from 0.</summary>
    public void CrashAt(int gate)
    {
        _gates = 0;
        _crashAt = gate;
    }

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        var fault = OnCommit?.Invoke(commit) ?? CommitFault.None;
        return fault switch
        {
            CommitFault.None => RunAsync(() => _inner.CommitAsync(commit)),
            CommitFault.Refused => ValueTask.FromException<CommitOutcome>(new JournalUnavailableException("The test refuses the commit.")),
            CommitFault.LostOnTheWay => ValueTask.FromResult(new CommitOutcome(CommitStatus.InDoubt, Reason: "The test lost the commit.")),
            _ => LoseAnswerAsync(commit),
        };
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => RunAsync(() => _inner.ProbeAsync(cancellationToken));

    public ValueTask CreateSegmentAsync(SegmentId segment) => RunAsync(() => _inner.CreateSegmentAsync(segment));

    public ValueTask SealAsync(IReadOnlyList<SegmentId> segments) => RunAsync(() => _inner.SealAsync(segments));

    public ValueTask<IReadOnlyList<SegmentInfo>> ListSegmentsAsync(CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ListSegmentsAsync(cancellationToken));

    public async IAsyncEnumerable<StoredBlock> ReadBlocksAsync(
        SegmentId segment, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await GateAsync("before ReadBlocksAsync");
        await foreach (var block in _inner.ReadBlocksAsync(segment, from, cancellationToken))
        {
            yield return block;
        }

        await GateAsync("after ReadBlocksAsync");
    }

    public ValueTask<IReadOnlyList<byte[]?>> ReadPiecesAsync(IReadOnlyList<BlockPiece> pieces, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ReadPiecesAsync(pieces, cancellationToken));

    public ValueTask DropSegmentAsync(SegmentId segment) => RunAsync(() => _inner.DropSegmentAsync(segment));

    public ValueTask WriteChunksAsync(IReadOnlyList<RunChunk> chunks, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.WriteChunksAsync(chunks, cancellationToken));

    public ValueTask<byte[]?> ReadChunkAsync(RunId run, long number, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ReadChunkAsync(run, number, cancellationToken));

    public ValueTask<byte[]?> ReadChunkBySeqAsync(RunId run, long seq, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ReadChunkBySeqAsync(run, seq, cancellationToken));

    public ValueTask<IReadOnlyList<long>> FindLastNumbersAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.FindLastNumbersAsync(runs, cancellationToken));

    public ValueTask<IReadOnlyList<RunClaim>> ClaimAsync(WriterId writer, IReadOnlyList<RunId> runs) =>
        RunAsync(() => _inner.ClaimAsync(writer, runs));

    public ValueTask<IReadOnlyDictionary<RunId, long>> ListOwnedAsync(WriterId writer) => RunAsync(() => _inner.ListOwnedAsync(writer));

    public ValueTask<IReadOnlyList<RunSummary>> FindAsync(IReadOnlyList<RunId> runs, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.FindAsync(runs, cancellationToken));

    public ValueTask<CreateOutcome.KeyTaken?> FindKeyAsync(string tenant, string key, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.FindKeyAsync(tenant, key, cancellationToken));

    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ListAsync(query, cancellationToken));

    public ValueTask<IReadOnlyList<RunId>> ListUnfinishedAsync(Func<RunId, bool>? wanted, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ListUnfinishedAsync(wanted, cancellationToken));

    public ValueTask<IReadOnlyList<RunId>> ListEndedAsync(long before, int limit, CancellationToken cancellationToken) =>
        RunAsync(() => _inner.ListEndedAsync(before, limit, cancellationToken));

    public ValueTask<IReadOnlyList<RunId>> DeleteAsync(IReadOnlyList<RunId> runs) => RunAsync(() => _inner.DeleteAsync(runs));

    public ValueTask<IReadOnlyList<RunId>> DiscardAsync(WriterId owner, IReadOnlyDictionary<RunId, long> epochs) =>
        RunAsync(() => _inner.DiscardAsync(owner, epochs));

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async ValueTask<CommitOutcome> LoseAnswerAsync(JournalCommit commit)
    {
        await _inner.CommitAsync(commit);
        return new CommitOutcome(CommitStatus.InDoubt, Reason: "The test lost the answer.");
    }

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call, [CallerMemberName] string name = "")
    {
        await GateAsync("before " + name);
        var result = await call();
        await GateAsync("after " + name);
        return result;
    }

    private async ValueTask RunAsync(Func<ValueTask> call, [CallerMemberName] string name = "")
    {
        await GateAsync("before " + name);
        await call();
        await GateAsync("after " + name);
    }

    private async ValueTask GateAsync(string name)
    {
        if (Interlocked.Increment(ref _gates) - 1 == _crashAt)
        {
            Crash();
        }

        if (OnGate is { } gate)
        {
            await gate(name);
        }

        if (_crashed.Task.IsCompleted)
        {
            await new TaskCompletionSource().Task;
        }

        Passed?.Invoke(name);
    }
}
